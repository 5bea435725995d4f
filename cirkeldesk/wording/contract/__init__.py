"""Words of contracts: promises, deliveries, proof and letters."""
