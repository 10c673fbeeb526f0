"""Chinese as offices write it."""
