"""Benchmarks: our work against peers, in one run on one machine, as ratios."""
