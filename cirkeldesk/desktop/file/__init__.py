"""This file: back-ups, merging, erasing, settings."""
