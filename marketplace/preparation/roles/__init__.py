"""Relabelled columns, which second persons confirm, in the API."""
