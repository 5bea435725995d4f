"""Words of materials passports."""
