"""CirkelDesk: compares designs and bids on MKI, circularity and price."""

__version__ = "0.12.0"
