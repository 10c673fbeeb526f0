"""The trading API: one view an act."""
