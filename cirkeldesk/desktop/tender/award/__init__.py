"""Step 4, Gunning."""
