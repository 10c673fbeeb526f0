"""What one version brought to a product."""
