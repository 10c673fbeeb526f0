"""Grants: issued for what was paid, used, ended; the data under them and its copies."""
