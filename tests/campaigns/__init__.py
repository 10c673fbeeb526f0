"""Long searches for faults, over HTTP against real processes; `make test` runs them short."""
