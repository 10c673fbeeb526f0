"""Valuations on record, of a right that is held."""
