"""What the ledger answers at its addresses: pages for people, files for programs."""
