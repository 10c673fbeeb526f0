"""The acts on amounts owed."""
