"""One process tree: start children, watch them, start them again, stop them together."""
