"""What went out of a dataset: earlier releases of the same people, and its privacy budget."""
