"""Organizations: they apply, are verified by two, are suspended and reinstated."""
