"""Masks in words: what each is called, what it asks, and what was chosen."""
