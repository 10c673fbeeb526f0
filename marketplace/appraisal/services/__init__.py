"""The acts on valuations."""
