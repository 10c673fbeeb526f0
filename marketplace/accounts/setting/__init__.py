"""What administrators set for the whole centre: its fee, its bank account, what is announced."""
