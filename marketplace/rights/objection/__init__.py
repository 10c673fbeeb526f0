"""Objections to claims and certificates."""
