"""The Qt application: window, one module per page, table models, background jobs, theme."""
