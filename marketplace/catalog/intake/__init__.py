"""Files that came, and wait for somebody to say how their table is read."""
