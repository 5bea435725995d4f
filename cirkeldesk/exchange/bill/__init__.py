"""Bills of a contract (bestek, inschrijvingsstaat): RAW RSX and ZSX, and states in Excel or OpenDocument."""
