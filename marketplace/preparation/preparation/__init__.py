"""Source versions on their way to masked ones: how far each is, and the acts on it."""
