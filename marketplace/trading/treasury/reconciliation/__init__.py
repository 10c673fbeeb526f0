"""The bank and the books side by side, and what of a line has no home yet."""
