"""The acts of delivery."""
