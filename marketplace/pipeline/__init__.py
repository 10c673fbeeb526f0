"""What follows from what: reads sealed entries, starts the next act."""
