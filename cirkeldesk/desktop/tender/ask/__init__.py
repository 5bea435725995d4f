"""Step 1, Uitvraag."""
