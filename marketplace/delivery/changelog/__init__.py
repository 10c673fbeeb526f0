"""What happened to what a buyer bought, in one list."""
