"""compare(tender, inputs) → Comparison, and what follows from it without deciding who wins."""
