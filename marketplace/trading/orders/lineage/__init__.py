"""What data was made from, data that was bought here among it."""
