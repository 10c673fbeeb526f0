"""The acts on datasets and their versions."""
