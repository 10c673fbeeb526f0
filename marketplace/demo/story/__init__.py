"""What the story is told with: public data, and invented identities to be found in it."""
