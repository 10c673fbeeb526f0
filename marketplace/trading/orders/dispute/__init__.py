"""Disputes: money and access stand still while the sides, a mediator and a second officer work."""
