"""Valuations on record: drafted, computed, submitted, decided by a second officer."""
