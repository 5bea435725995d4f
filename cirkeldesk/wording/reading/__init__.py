"""Words for what is read from papers and bills."""
