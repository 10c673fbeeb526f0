"""The pages of projects for the owner of the data, and what ties the nouns together there."""
