"""Signatures on texts: by passkey, or witnessed by the centre."""
