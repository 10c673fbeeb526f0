"""Bank accounts of organizations, to which money goes out."""
