"""How bad misuse of data could be, graded by its officers."""
