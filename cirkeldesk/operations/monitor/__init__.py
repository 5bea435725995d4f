"""What a user does with the monitor: count, set a baseline, freeze a peildatum, print the annex."""
