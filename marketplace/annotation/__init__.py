"""Labelling: people label the rows of a masked version, and are checked and paid for it."""
