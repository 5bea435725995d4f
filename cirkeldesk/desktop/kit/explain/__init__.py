"""Explanations at hard words: a "?" at the label, a few sentences beside it."""
