"""Acts that are tried and taken back, to compare what is accepted with what is offered."""

from __future__ import annotations

from collections.abc import Callable

from django.db import transaction

from marketplace.core.errors import Refusal
from marketplace.ledger.models import Entry


class Undone(Exception):
    """Take everything back that was tried."""


def accepts(act: Callable[[], object]) -> bool:
    """Return whether an act goes through and does something; nothing of it stays."""
    entries = Entry.objects.count()
    happened = False
    try:
        with transaction.atomic():
            act()
            happened = Entry.objects.count() > entries
            raise Undone
    except (Refusal, Undone):
        return happened
