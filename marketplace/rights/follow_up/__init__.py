"""Renewals, changes and cancellations that a holder asks for."""
