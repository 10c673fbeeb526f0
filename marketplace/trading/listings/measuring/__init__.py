"""Whether buyers may have measured what a listing would bring them, and for how much of ε."""
