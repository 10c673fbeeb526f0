"""Remarks are entered on a certificate, decided by a second reviewer, and lifted."""
