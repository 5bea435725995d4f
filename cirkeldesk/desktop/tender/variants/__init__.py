"""Step 2, Varianten."""
