"""The report that is sold instead of the data."""
