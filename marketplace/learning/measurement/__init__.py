"""Measurements: what data on offer would bring a buyer, told with noise before the purchase."""
