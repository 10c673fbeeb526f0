"""A certificate as its holder has it: its page, and what may follow from it."""
