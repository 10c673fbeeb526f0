"""What every app stands on; no models of its own, no HTTP."""
