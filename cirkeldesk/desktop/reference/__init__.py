"""What the organisation keeps for all its tenders: its terms."""
