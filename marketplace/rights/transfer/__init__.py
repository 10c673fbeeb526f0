"""Transfers of certified rights."""
