"""Sandboxes: ask, read the answer, see the budget run down."""
