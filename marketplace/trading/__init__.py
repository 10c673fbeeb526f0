"""Listings, orders, contracts, settlement."""
