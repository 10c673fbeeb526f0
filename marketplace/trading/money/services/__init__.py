"""What happens to money."""
