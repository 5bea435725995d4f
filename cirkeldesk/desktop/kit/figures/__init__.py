"""Figures and periods that are looked at: large numbers, bars in time."""
