"""The finance officer's desk."""
