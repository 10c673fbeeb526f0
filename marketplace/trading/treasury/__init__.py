"""The centre's bank: payments, payouts, statements, closed days."""
