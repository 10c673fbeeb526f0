"""Changes of people that take two: one proposes, another decides, and whom it concerns is told."""
