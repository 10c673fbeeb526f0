"""Later revisions that a contract promises: which were missed, and what the buyer is credited."""
