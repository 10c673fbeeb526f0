"""Four-eyes cases: who submits never decides."""
