"""Labelled sets: accepted labels leave a project as a dataset of the catalog."""
