"""The pages of an order, its contract and its amendments, which show what belongs to them."""
