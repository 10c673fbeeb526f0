"""Money for labels: set aside for a project, paid for each item that is accepted."""
