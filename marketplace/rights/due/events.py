from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from marketplace.ledger.facts import Fact


@dataclass(frozen=True, kw_only=True)
class DueApproaching(Fact):
    """Something is due soon; who has to do it is told."""

    kind = "rights.due_approaching"
    label = _("Due soon")
    in_timelines = False
    what: str
    due_on: str


@dataclass(frozen=True, kw_only=True)
class TermSettled(Fact):
    """A provisional last day became final: the calendar of its year is known."""

    kind = "rights.term_settled"
    label = _("Last day of a term final")
    what: str
    before: str
    due_on: str
