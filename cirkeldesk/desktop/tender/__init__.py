"""An open tender: its session, its five steps, and what stands between a lock and a change."""
