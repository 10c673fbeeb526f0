"""The acts of trading."""
