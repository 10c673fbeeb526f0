"""Costs of data that the books of this centre know: a valuation by cost begins with them."""
