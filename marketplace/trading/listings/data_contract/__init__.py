"""The Open Data Contract of a listing (ODCS v3.1)."""
