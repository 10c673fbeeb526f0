from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from marketplace.ledger.facts import Fact


@dataclass(frozen=True, kw_only=True)
class ContractSigned(Fact):
    """A side signed the text of that digest; `is_concluded` when the other already had.

    The evidence is what shows the signature: a passkey's assertion, or the centre's statement. The
    mandate says who signed in which function, and on what.
    """

    kind = "trading.contract_signed"
    label = _("Contract signed")
    side: str
    contract_sha256: str
    is_concluded: bool
    signature_kind: str
    evidence_sha256: str
    mandate_sha256: str


@dataclass(frozen=True, kw_only=True)
class TerminationGiven(Fact):
    """A side gave notice: the contract ends when what is paid for is over."""

    kind = "trading.termination_given"
    label = _("Notice of termination given")
    side: str
    ends_on: str


@dataclass(frozen=True, kw_only=True)
class ContractTerminated(Fact):
    """The contract ended; `side` ended it, and is empty where a notice ran out."""

    kind = "trading.contract_terminated"
    label = _("Contract terminated")
    side: str
    refunded: str
    currency: str
