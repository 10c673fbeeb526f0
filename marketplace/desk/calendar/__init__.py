"""What is due for a person, day by day."""
