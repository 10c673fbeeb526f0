"""The line of a feed: what arrived, how far it came, and what holds it."""
