"""A seller answers a buyer's objection, and the buyer accepts that or not."""
