"""The terms of a licence."""
