"""Remarks of courts and authorities on certificates."""
