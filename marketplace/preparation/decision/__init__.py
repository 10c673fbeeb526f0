"""The page on which an officer decides what happens to each column."""
