"""Versions that come: tables that were received, masked data, and trained models."""
