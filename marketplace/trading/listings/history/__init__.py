"""What everybody reads of the revisions of a product: when they came, and what changed."""
