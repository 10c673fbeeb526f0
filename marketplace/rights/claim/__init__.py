"""Claims of rights over data, from the draft to the deposit."""
