"""The contract that both sides sign."""
