"""The calendar of tenders to come: reading, judging, advising, reporting."""
