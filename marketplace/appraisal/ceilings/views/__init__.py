"""The pages of price ceilings."""
