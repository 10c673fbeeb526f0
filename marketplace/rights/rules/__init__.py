"""What the acts of the register refuse, by right and state; one module a noun."""
