"""The pages of money for labels."""
