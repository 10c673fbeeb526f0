"""The API of looks at raw rows."""
