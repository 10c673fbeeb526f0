"""The acts of the ledger: record, seal, verify."""
