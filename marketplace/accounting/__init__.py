"""What may be booked, and what it does to the debt ratio."""
