"""Sheets of plain tables: each a heading and rows, without formulas."""
