"""Labelling of records by people: what is labelled, by whom, and what comes of it."""
