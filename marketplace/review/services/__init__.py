"""The acts on cases."""
