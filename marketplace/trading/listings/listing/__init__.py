"""What a seller offers."""
