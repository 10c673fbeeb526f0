"""What pages tell of claims and certificates, in words."""
