"""Risk reports on a page, and what to do about a version that attackers came too far with."""
