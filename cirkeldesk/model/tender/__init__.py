"""A tender as a value: its ask, its posts and answers, its award rules and papers, and the edits of them."""
