"""Price ceilings of public data, and their accounts."""
