"""What somebody has filled in on a long form and not sent yet."""
