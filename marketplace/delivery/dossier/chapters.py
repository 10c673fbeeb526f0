"""The chapters of a trade, and which facts and papers each of them holds."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Chapter(TextChoices):
    """A part of a trade, in the order in which it is told."""

    LISTING = "listing", _("Listing and its proofs")
    ORDER = "order", _("Order and negotiation")
    CONTRACT = "contract", _("Contract and signatures")
    MONEY = "money", _("Amounts, invoices and payments")
    DELIVERY = "delivery", _("Delivery and receipts")
    OBJECTION = "objection", _("Objections, remedies and disputes")
    PAYOUT = "payout", _("Payout and what went back")


FACTS: dict[str, Chapter] = {
    **dict.fromkeys(
        ("catalog.", "preparation.", "rights.", "appraisal.", "review.", "credentials."),
        Chapter.LISTING,
    ),
    **dict.fromkeys(
        (
            *("trading.listing_", "trading.assessment_", "trading.report_", "trading.revision_"),
            *("trading.product_", "trading.sandbox_", "trading.organizations_invited"),
            *("trading.invitation_", "trading.renewal_", "trading.inquiry_"),
            *("trading.security_assessment_", "trading.key_declared"),
        ),
        Chapter.LISTING,
    ),
    **dict.fromkeys(
        (
            *("trading.contract_", "trading.amendment_", "trading.approval_", "trading.signing_"),
            "trading.termination_",
        ),
        Chapter.CONTRACT,
    ),
    **dict.fromkeys(
        (
            *("trading.charge_", "trading.payment_", "trading.credit_", "trading.usage_"),
            *("trading.missed_", "trading.statement_"),
        ),
        Chapter.MONEY,
    ),
    **dict.fromkeys(
        (
            *("delivery.", "preparation.copy_", "trading.order_delivered"),
            *("trading.order_completed", "trading.deletion_", "trading.revision_missed"),
        ),
        Chapter.DELIVERY,
    ),
    **dict.fromkeys(
        (
            *("trading.delivery_objected", "trading.remedy_", "trading.dispute_"),
            *("trading.mediation_", "trading.settlement_", "trading.order_recall"),
            *("trading.recall_", "trading.reidentification_"),
        ),
        Chapter.OBJECTION,
    ),
    **dict.fromkeys(
        (
            *("trading.disbursement_", "trading.batch_", "trading.bank_match_"),
            *("trading.order_refunded", "trading.right_sale_ended"),
        ),
        Chapter.PAYOUT,
    ),
}
"""By how the kind of a fact begins; the longest counts, and all others are the order's."""

PAPERS: dict[str, Chapter] = {
    **dict.fromkeys(("sheet", "right", "risk", "valuation", "status/"), Chapter.LISTING),
    "terms": Chapter.ORDER,
    **dict.fromkeys(("contract", "amendment"), Chapter.CONTRACT),
    "invoices/": Chapter.MONEY,
    **dict.fromkeys(("codebook", "copy-risk", "delivery"), Chapter.DELIVERY),
    "disputes/": Chapter.OBJECTION,
}
"""By how the name of a paper begins."""


def chapter_of_fact(kind: str) -> Chapter:
    return _longest(FACTS, kind) or Chapter.ORDER


def chapter_of_paper(name: str) -> Chapter | None:
    """Return where a paper is told; None of what all of them are checked with."""
    return _longest(PAPERS, name)


def _longest(table: dict[str, Chapter], name: str) -> Chapter | None:
    found = max((each for each in table if name.startswith(each)), key=len, default=None)
    return table[found] if found is not None else None
