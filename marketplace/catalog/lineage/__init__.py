"""What datasets were made from."""
