"""Sessions: what opens one, how long it lasts, and what ends it."""
