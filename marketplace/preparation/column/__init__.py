"""What the columns of a version are, and what their values become, level by level."""
