"""The acts on certificates."""
