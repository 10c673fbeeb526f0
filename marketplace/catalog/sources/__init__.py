"""Read tables out of other people's databases: addresses, connections, types, batches."""
