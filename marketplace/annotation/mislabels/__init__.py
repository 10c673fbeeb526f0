"""Which labels are likely wrong, by confident learning. Pure: no models, no Django."""
