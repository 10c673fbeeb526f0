"""Faults that a careless colleague would make, and the tests that must find each of them."""
