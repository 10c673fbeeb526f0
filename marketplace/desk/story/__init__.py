"""What the demo story is told with: real public data, and invented identities to be found in it."""
