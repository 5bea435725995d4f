"""Words that only the window says."""
