"""What happens to reports of re-identifications, and to the orders of a recall."""
