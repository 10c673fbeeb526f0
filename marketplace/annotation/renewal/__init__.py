"""A project goes on over a version made anew, without the rows that left the data."""
