"""The acts on organizations, people and tokens."""
