"""What the acts of the catalog refuse: datasets, versions, database sources."""
