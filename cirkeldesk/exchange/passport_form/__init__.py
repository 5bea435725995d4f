"""The form a contractor fills in for the passports of a work: made from the award, read back cell by cell."""
