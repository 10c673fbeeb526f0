"""Payouts that leave as one file for the bank."""
