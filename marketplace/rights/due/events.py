from django.utils.translation import gettext_lazy as _

from marketplace.ledger.facts import Fact


class DueApproaching(Fact, kind="rights.due_approaching", label=_("Due soon"), in_timelines=False):
    """Something is due soon; who has to do it is told."""

    what: str
    due_on: str


class TermSettled(Fact, kind="rights.term_settled", label=_("Last day of a term final")):
    """A provisional last day became final: the calendar of its year is known."""

    what: str
    before: str
    due_on: str
