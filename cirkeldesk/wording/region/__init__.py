"""Words of the region."""
