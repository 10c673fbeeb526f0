"""Inquiries about data on offer, which its seller answers for everybody to read."""
