"""What happens to remarks on certificates; their texts stay with the remark."""

from django.utils.translation import gettext_lazy as _

from marketplace.ledger.facts import Fact


class RemarkProposed(
    Fact, kind="rights.remark_proposed", label=_("Remark entered, waits for a second reviewer")
):
    """A reviewer entered a remark that a second one has to confirm."""

    remark_kind: str


class RemarkMade(Fact, kind="rights.remark_made", label=_("Remark on the certificate in force")):
    """A remark stands on a certificate."""

    remark_kind: str
    text_sha256: str


class RemarkNotConfirmed(Fact, kind="rights.remark_not_confirmed", label=_("Remark not confirmed")):
    """A second reviewer did not confirm a remark."""

    remark_kind: str


class LiftingProposed(
    Fact, kind="rights.lifting_proposed", label=_("Lifting of a remark waits for a second reviewer")
):
    """A reviewer asked to lift a remark; a second one has to confirm it."""

    remark_kind: str


class LiftingNotConfirmed(
    Fact, kind="rights.lifting_not_confirmed", label=_("Remark left in force")
):
    """A second reviewer left a remark in force."""

    remark_kind: str


class RemarkLifted(Fact, kind="rights.remark_lifted", label=_("Remark lifted")):
    """A remark stands on a certificate no longer."""

    remark_kind: str
