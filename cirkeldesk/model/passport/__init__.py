"""The materials passport: what lies where, of what, and what became of it."""
