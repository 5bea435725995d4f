"""Words of the monitor and its annex."""
