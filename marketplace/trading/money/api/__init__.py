"""The API of money: one view an act."""
