"""Pages that span apps, and the demo story."""
