"""The preparation pages."""
