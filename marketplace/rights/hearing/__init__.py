"""How an objection is raised, shown for, and decided."""
