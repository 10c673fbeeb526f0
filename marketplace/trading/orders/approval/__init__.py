"""A second person approves that a colleague signs above their limit."""
