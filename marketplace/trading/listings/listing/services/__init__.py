"""The acts on listings."""
