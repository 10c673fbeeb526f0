"""Runs that only look, for programs."""
