"""What happens to objections. Their texts stay with them: here are their digests."""

from django.utils.translation import gettext_lazy as _

from marketplace.ledger.facts import Fact


class ObjectionRaised(Fact, kind="rights.objection_raised", label=_("Objection raised")):
    """Somebody objected to a claim."""

    due_on: str
    text_sha256: str


class HolderNotified(
    Fact, kind="rights.holder_notified", label=_("Holder notified of the objection")
):
    """The holder of a certified right was notified of an objection; `due_on` is the last day."""

    due_on: str


class ObjectionDecided(Fact, kind="rights.objection_decided", label=_("Objection decided")):
    """An objection was decided."""

    outcome: str
    reason_sha256: str


class ExhibitAttached(Fact, kind="rights.exhibit_attached", label=_("File added to an objection")):
    """A party to an objection added a file."""

    sha256: str


class ObjectionReferred(
    Fact, kind="rights.objection_referred", label=_("Objection before a court or arbitrator")
):
    """An objection to a certified right went to a court, an arbitrator or a mediator."""

    reason_sha256: str
