"""The acts of preparation."""
