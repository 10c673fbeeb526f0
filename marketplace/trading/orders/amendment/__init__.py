"""Amendments: how both sides change the terms of a contract that they have signed."""
