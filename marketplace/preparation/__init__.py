"""Profile, classify, desensitize, measure: recorded runs."""
