"""What the buyer of an order may use, accepts or objects to."""
