"""The `valuation` library in the words of the centre: refusals, warnings, figures."""
