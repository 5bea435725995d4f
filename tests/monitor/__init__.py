"""The monitor: counts, baselines, verdicts."""
