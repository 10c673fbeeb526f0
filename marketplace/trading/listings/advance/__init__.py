"""The offers of a product move on to a later revision."""
