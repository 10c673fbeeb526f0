"""The certificate of a delivery: what was delivered to whom, and how it was acknowledged."""
