"""The award in words: methods and sums, letters to bidders, records for the file."""
