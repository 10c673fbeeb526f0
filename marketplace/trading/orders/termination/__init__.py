"""A side ends a concluded contract."""
