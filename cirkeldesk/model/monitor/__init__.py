"""The monitor: tons and MKI of what was awarded and delivered, against a dated baseline and the targets."""
