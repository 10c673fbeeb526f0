"""Models that are trained on prepared data, their cards, their credentials and their scoring."""
