"""The rights pages."""
