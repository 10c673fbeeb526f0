"""The rights API: one view an act."""
