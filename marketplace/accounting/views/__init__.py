"""The accounting pages."""
