"""The acts on claims, objections and certificates."""
