"""Materials that come free and that are wanted: kept, matched, reserved, exchanged."""
