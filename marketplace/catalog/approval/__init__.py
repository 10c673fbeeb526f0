"""Content review: a dataset is submitted, compared with what was approved, and decided on."""
