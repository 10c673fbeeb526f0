"""What went out: versions about the same people, and copies for one recipient."""
