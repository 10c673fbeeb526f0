"""The public notices, where anybody may object."""
