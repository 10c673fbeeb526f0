"""A project ends: batches under way are called in, and what was not spent goes back."""
