"""Who wins by the published method, what may still change, and what may leave the house."""
