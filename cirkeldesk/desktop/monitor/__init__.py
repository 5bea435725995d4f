"""The monitor in the window: progress, contracts and baselines."""
