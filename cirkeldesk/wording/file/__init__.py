"""Words about the file itself: back-ups, keeping, anchors, putting dossiers together."""
