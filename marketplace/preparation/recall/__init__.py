"""Verdicts that are taken back: by two people, or by stricter limits."""
