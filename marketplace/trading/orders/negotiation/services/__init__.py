"""The acts of negotiation."""
