"""The acts on price ceilings and their accounts."""
