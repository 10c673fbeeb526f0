"""Acts on amendments."""
