"""The raw data of a version, destroyed early or when its day has come."""
