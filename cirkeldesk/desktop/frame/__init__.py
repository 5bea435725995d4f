"""What stands around every page: window, navigation, search, help, history, what runs."""
