"""Tagged, archivable PDF: what every printed paper is made of."""
