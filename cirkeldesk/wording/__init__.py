"""Every Dutch word a user sees: terms, sentences by key, numbers and dates, and the closed list of "missing"
words."""
