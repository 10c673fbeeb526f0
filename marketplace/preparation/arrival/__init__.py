"""What a feed brought is prepared as its data was before."""
