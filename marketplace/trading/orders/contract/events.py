from django.utils.translation import gettext_lazy as _

from marketplace.ledger.facts import Fact


class ContractSigned(Fact, kind="trading.contract_signed", label=_("Contract signed")):
    """A side signed the text of that digest; `is_concluded` when the other already had.

    The evidence is what shows the signature: a passkey's assertion, or the centre's statement. The
    mandate says who signed in which function, and on what.
    """

    side: str
    contract_sha256: str
    is_concluded: bool
    signature_kind: str
    evidence_sha256: str
    mandate_sha256: str


class TerminationGiven(
    Fact, kind="trading.termination_given", label=_("Notice of termination given")
):
    """A side gave notice: the contract ends when what is paid for is over."""

    side: str
    ends_on: str


class ContractTerminated(Fact, kind="trading.contract_terminated", label=_("Contract terminated")):
    """The contract ended; `side` ended it, and is empty where a notice ran out."""

    side: str
    refunded: str
    currency: str
