"""To whom, when and how often a listing is sold."""
