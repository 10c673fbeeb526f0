"""The pages on which annotators find work, label items and hand batches in."""
