"""Tables that are read and chosen from; what is typed in a table is in `grid`."""
