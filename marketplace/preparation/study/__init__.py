"""Runs that only look: treatments tried, masked versions compared with their source."""
