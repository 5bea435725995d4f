"""The bid card: one bid in the order of the bid form, beside the table of all."""
