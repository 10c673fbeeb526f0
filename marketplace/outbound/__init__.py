"""What the centre tells programs elsewhere: webhooks of organizations, and lineage."""
