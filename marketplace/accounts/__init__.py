"""People, organizations, roles and tokens; sets `request.actor`."""
