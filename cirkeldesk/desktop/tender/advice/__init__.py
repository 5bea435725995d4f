"""Step 5, Advies."""
