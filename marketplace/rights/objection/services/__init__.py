"""The acts on objections."""
