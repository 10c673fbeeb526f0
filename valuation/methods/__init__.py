"""One file a method; each is one line in `valuation.registry`."""
