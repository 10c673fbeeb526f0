"""What is offered: listings, their gate and terms, the market, requests for data."""
