"""The acts on contracts."""
