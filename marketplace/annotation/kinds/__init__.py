"""What is asked of an item: a class for each kind, one file each, listed in `registry`."""
