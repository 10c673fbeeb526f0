"""A buyer owes a statement that every copy is deleted, and makes it."""
