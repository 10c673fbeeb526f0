"""Data that a program sends to a feed, part by part, until it commits."""
