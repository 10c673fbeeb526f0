"""Reports: read, print, keep, check."""
