"""What the pages that span apps read."""
