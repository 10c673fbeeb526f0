"""The offline verifier, in a folder of its own so that no module beside it shadows another."""
