"""Addresses at which organizations want to be told."""
