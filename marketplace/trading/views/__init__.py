"""The trading pages."""
