"""The acts on money that goes out."""
