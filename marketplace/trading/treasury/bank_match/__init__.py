"""What a finance officer says of a bank line and money that went out."""
