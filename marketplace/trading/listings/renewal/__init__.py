"""A listing goes on being sold."""
