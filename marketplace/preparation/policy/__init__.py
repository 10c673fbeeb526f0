"""What happens to each column, with a reason wherever a class is taken away."""
