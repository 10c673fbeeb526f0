"""Lines that the bank may have told before: two people say whether they are other lines."""
