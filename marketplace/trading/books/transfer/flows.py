"""Every way that money takes in the centre's books: which account pays which, and why.

`book()` refuses what stands here nowhere, so that the picture that the reference draws of this
table is the whole truth.
"""

from typing import NamedTuple

from marketplace.trading.books.account.models import BANK_OWN, AccountKind
from marketplace.trading.books.transfer.models import TransferKind


class Flow(NamedTuple):
    """A kind of movement between two kinds of accounts."""

    kind: TransferKind
    debit: AccountKind
    credit: AccountKind


ENDINGS = ("order:acceptance", "charge:release", "dispute", "dispute:again")
"""What money is divided after: acceptance, a later charge, a dispute that ends or is withdrawn."""
DRAWN = ("dispute:freeze", "recall:freeze", "leaving:freeze", "disbursement:freeze")
"""What takes money back that was released."""


def _after(causes: tuple[str, ...], step: str) -> frozenset[str]:
    return frozenset(f"{cause}:{step}" for cause in causes)


FLOWS: dict[Flow, frozenset[str]] = {
    Flow(TransferKind.DEPOSIT, AccountKind.OUTSIDE, AccountKind.UNALLOCATED): frozenset(
        {"payment"}
    ),
    Flow(TransferKind.ALLOCATION, AccountKind.UNALLOCATED, AccountKind.BUYER): frozenset(
        {"allocation", "payment:credit"}
    ),
    Flow(TransferKind.PART, AccountKind.BUYER, AccountKind.PART): frozenset({"allocation:part"}),
    Flow(TransferKind.HOLD, AccountKind.BUYER, AccountKind.HELD): frozenset({"charge:hold"}),
    Flow(TransferKind.HOLD, AccountKind.PART, AccountKind.HELD): frozenset({"charge:parts"}),
    Flow(TransferKind.BORNE, AccountKind.BORNE, AccountKind.HELD): frozenset({"charge:borne"}),
    # What goes back to a buyer after all takes along what the centre bore of it.
    Flow(TransferKind.BORNE, AccountKind.HELD, AccountKind.BORNE): frozenset({"charge:unborne"}),
    Flow(TransferKind.RELEASE, AccountKind.HELD, AccountKind.SELLER): _after(ENDINGS, "release"),
    Flow(TransferKind.FEE, AccountKind.HELD, AccountKind.FEE): _after(ENDINGS, "fee"),
    Flow(TransferKind.SHARE, AccountKind.HELD, AccountKind.SHARE): _after(ENDINGS, "share"),
    Flow(TransferKind.TAX, AccountKind.HELD, AccountKind.TAX): _after(ENDINGS, "tax"),
    # From a seller to those whom the data came from, and back.
    Flow(TransferKind.SOURCE, AccountKind.SELLER, AccountKind.SELLER): frozenset({"source"}),
    Flow(TransferKind.FREEZE, AccountKind.SELLER, AccountKind.HELD): frozenset(DRAWN),
    **{
        Flow(TransferKind.FREEZE, kind, AccountKind.HELD): _after(DRAWN, kind.value)
        for kind in (AccountKind.FEE, AccountKind.SHARE, AccountKind.TAX)
    },
    Flow(TransferKind.REFUND, AccountKind.HELD, AccountKind.BUYER): _after(
        ("termination", "disbursement", "dispute", "remedy", "sale", "recall", "leaving"), "refund"
    ),
    Flow(TransferKind.REFUND, AccountKind.PART, AccountKind.BUYER): frozenset({"charge:void"}),
    **{
        Flow(TransferKind.CREDIT, kind, AccountKind.BUYER): frozenset({"missed:credit"})
        for kind in (AccountKind.HELD, AccountKind.SELLER)
    },
    Flow(TransferKind.SET_ASIDE, AccountKind.SELLER, AccountKind.HELD): frozenset({"funding"}),
    Flow(TransferKind.WAGE, AccountKind.HELD, AccountKind.SELLER): frozenset({"batch:wage"}),
    Flow(TransferKind.UNSPENT, AccountKind.HELD, AccountKind.SELLER): frozenset(
        {"labelling:unspent"}
    ),
    Flow(TransferKind.RETURN, AccountKind.UNALLOCATED, AccountKind.OUTSIDE): frozenset(
        {"disbursement"}
    ),
    **{
        Flow(TransferKind.PAYOUT, kind, AccountKind.OUTSIDE): frozenset({"disbursement"})
        for kind in (
            AccountKind.BUYER,
            AccountKind.SELLER,
            AccountKind.FEE,
            AccountKind.SHARE,
            AccountKind.TAX,
            AccountKind.BANK_FEE,
            AccountKind.INTEREST,
        )
    },
    # What the bank took or gave for itself, and its reversal; what came in waited to be allocated.
    **{
        Flow(TransferKind.BANK_OWN, debit, credit): frozenset(causes)
        for kind in BANK_OWN
        for debit, credit, causes in (
            (kind, AccountKind.OUTSIDE, ("bank_item", "bank_item:reversal")),
            (AccountKind.OUTSIDE, kind, ("bank_item", "bank_item:reversal")),
            (AccountKind.UNALLOCATED, kind, ("bank_item",)),
            (kind, AccountKind.UNALLOCATED, ("bank_item:reversal",)),
        )
    },
}
"""Each flow with what it may follow from: causes without the id of their thing."""


def form_of(cause: str) -> str:
    """Return a cause without the id of its thing: `charge:hold` of `charge:1a2b…:hold`."""
    thing, _, rest = cause.partition(":")
    _, _, step = rest.partition(":")
    return f"{thing}:{step}" if step else thing


def is_known(flow: Flow, cause: str) -> bool:
    """Return whether money may move in this way, for this cause."""
    return form_of(cause) in FLOWS.get(flow, ())
