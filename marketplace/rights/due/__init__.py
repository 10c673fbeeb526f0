"""What is due in the register, and by which day."""
