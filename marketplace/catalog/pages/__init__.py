"""The pages of datasets, and what ties the nouns together there."""
