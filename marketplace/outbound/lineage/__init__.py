"""OpenLineage events for the catalogue of lineage that the centre's operator names."""
