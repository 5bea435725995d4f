"""The MVOI calendar: tenders to come."""
