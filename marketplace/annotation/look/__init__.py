"""Looks at the rows of a project by others than annotators: its owner, and the centre's staff."""
