"""What the bank itself took or gave: fees, interest and corrections."""
