"""Prints: PDF and XLSX. Reads a comparison, decides nothing."""
