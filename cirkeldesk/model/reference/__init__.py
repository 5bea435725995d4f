"""What an organisation keeps for all its tenders: product groups, criteria, themes."""
