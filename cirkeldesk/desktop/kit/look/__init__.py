"""The look of the window: colours, style sheet, cells of tables and the small parts that are painted."""
