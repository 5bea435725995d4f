"""The comparison in words: rows, explanations, differences, the whole as text."""
