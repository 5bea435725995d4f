"""Materials in the window: what comes free, who needs it, what fits, and what lies where."""
