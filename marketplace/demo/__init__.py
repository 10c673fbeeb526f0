"""The demo: a story played through the acts of the centre, and its people and tables."""
