"""The MVOI calendar."""
