"""Who is one person, however many accounts they hold."""
