"""A year of trades, and an independent checker of its books."""
