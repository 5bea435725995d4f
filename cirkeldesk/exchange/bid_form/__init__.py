"""The bid form: laid out once, written and read by that one description."""
