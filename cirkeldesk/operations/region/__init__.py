"""What a folder of several organisations says together."""
