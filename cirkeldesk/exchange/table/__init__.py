"""Tables that others made: cells, what their columns are, indicators by what tables call them."""
