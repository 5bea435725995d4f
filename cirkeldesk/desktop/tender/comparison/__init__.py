"""Step 3, Vergelijking."""
