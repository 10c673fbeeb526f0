"""The account API: one view an act."""
