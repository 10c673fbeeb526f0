"""The catalog API: one view an act."""
