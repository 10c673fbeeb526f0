"""People: who signs in, with which address, and which roles they hold."""
