"""Words of materials that come free and that are wanted."""
