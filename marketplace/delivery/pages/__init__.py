"""Pages and answers that show several nouns: the top floor."""
