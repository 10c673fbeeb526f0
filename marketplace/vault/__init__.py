"""Encrypted file objects."""
