"""Shares of a seller's income that belong to those whom the data came from."""
