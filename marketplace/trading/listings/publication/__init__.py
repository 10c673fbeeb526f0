"""A listing is let into the market, and leaves it; its pages, which tie all others together."""
