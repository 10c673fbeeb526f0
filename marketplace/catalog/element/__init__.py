"""What columns of usual names are: from the elements of national standards."""
