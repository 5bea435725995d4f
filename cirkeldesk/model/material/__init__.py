"""Released and wanted materials: what comes free, who needs it, what is reserved and what moved."""
