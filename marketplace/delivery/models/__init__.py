"""Grants of access, the keys to them, and each time one was used."""

from marketplace.delivery.models.grants import Download, Grant
from marketplace.delivery.models.keys import GrantKey
from marketplace.delivery.models.uses import Use, UseDay, UseKind

__all__ = ["Download", "Grant", "GrantKey", "Use", "UseDay", "UseKind"]
