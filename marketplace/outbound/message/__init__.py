"""What endpoints are told, and each try to tell it."""
