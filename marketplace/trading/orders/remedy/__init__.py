"""What a seller offers a buyer who objected to a delivery."""
