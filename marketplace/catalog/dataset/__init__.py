"""Datasets: registered, described, graded, reviewed."""
