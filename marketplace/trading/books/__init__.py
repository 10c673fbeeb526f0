"""Double entry: accounts, and the transfers that move money between them."""
