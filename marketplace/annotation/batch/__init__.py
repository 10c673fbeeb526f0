"""The work of annotators: batches, items and labels."""
