"""What pages are built from; it knows no subject."""
