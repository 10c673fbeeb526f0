"""What happens to the terms of a trade."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from marketplace.ledger.facts import Fact


@dataclass(frozen=True, kw_only=True)
class TermSettled(Fact):
    """A provisional last day became final: the calendar of its year is known."""

    kind = "trading.term_settled"
    label = _("Last day of a term final")
    what: str
    before: str
    due_on: str
