"""Pages that show several nouns: the top floor."""
