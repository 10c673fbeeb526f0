"""What happens to disputes."""
