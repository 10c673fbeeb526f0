"""Append-only entries, sealed into a Merkle tree whose head is signed."""
