"""A version on its way: looked at, prepared, its raw data destroyed."""
