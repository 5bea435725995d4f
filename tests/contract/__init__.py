"""Contracts: what was promised, delivered and proven."""
