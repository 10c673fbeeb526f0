"""What a person asks of whoever holds data about them, and what follows from it."""
