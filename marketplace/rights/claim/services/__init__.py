"""The acts on claims, in the order of the procedure."""
