"""The editing grid: cells as values, a model over them, the table on screen, and pasted blocks."""
