"""The table of a grant through the Delta Sharing protocol."""
