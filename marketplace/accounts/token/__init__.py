"""Keys to the API: who made them, what they may be used for, and what ends them."""
