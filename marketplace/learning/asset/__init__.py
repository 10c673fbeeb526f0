"""A trained model as an asset of the catalog, which goes the ways of any dataset to an offer."""
