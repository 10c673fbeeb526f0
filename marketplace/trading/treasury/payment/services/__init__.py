"""The acts on money that comes in."""
