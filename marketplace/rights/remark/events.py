"""What happens to remarks on certificates; their texts stay with the remark."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from marketplace.ledger.facts import Fact


@dataclass(frozen=True, kw_only=True)
class RemarkProposed(Fact):
    """A reviewer entered a remark that a second one has to confirm."""

    kind = "rights.remark_proposed"
    label = _("Remark entered, waits for a second reviewer")
    remark_kind: str


@dataclass(frozen=True, kw_only=True)
class RemarkMade(Fact):
    """A remark stands on a certificate."""

    kind = "rights.remark_made"
    label = _("Remark on the certificate in force")
    remark_kind: str
    text_sha256: str


@dataclass(frozen=True, kw_only=True)
class RemarkNotConfirmed(Fact):
    """A second reviewer did not confirm a remark."""

    kind = "rights.remark_not_confirmed"
    label = _("Remark not confirmed")
    remark_kind: str


@dataclass(frozen=True, kw_only=True)
class LiftingProposed(Fact):
    """A reviewer asked to lift a remark; a second one has to confirm it."""

    kind = "rights.lifting_proposed"
    label = _("Lifting of a remark waits for a second reviewer")
    remark_kind: str


@dataclass(frozen=True, kw_only=True)
class LiftingNotConfirmed(Fact):
    """A second reviewer left a remark in force."""

    kind = "rights.lifting_not_confirmed"
    label = _("Remark left in force")
    remark_kind: str


@dataclass(frozen=True, kw_only=True)
class RemarkLifted(Fact):
    """A remark stands on a certificate no longer."""

    kind = "rights.remark_lifted"
    label = _("Remark lifted")
    remark_kind: str
