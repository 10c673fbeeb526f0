"""The acts on costs."""
