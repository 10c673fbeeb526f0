"""What happens to objections. Their texts stay with them: here are their digests."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from marketplace.ledger.facts import Fact


@dataclass(frozen=True, kw_only=True)
class ObjectionRaised(Fact):
    """Somebody objected to a claim."""

    kind = "rights.objection_raised"
    label = _("Objection raised")
    due_on: str
    text_sha256: str


@dataclass(frozen=True, kw_only=True)
class ObjectionDecided(Fact):
    """An objection was decided."""

    kind = "rights.objection_decided"
    label = _("Objection decided")
    outcome: str
    reason_sha256: str


@dataclass(frozen=True, kw_only=True)
class ExhibitAttached(Fact):
    """A party to an objection added a file."""

    kind = "rights.exhibit_attached"
    label = _("File added to an objection")
    sha256: str


@dataclass(frozen=True, kw_only=True)
class ObjectionReferred(Fact):
    """An objection to a certified right went to a court, an arbitrator or a mediator."""

    kind = "rights.objection_referred"
    label = _("Objection before a court or arbitrator")
    reason_sha256: str
