"""Certificates: what was registered, for how long, and what holds it."""
