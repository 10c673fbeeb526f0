"""The acts on notices."""
