"""The calendar in words: its fields, the note to a project leader, the report."""
