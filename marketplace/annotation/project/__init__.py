"""Labelling projects: what is labelled, by which scheme and guideline, and by whom."""
