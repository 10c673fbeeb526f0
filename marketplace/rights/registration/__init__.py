"""A claim on its way through the register, and the certificate that it ends in."""
