"""What happens when a day comes."""
