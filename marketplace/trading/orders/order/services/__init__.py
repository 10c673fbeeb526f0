"""The acts on orders."""
