"""What became of a promise: worked out of the awarded version and what was delivered, never kept."""
