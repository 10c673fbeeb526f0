"""Risk reports: what attackers reached on a masked version, and what the centre says to it."""
