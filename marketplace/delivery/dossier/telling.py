"""Tell one trade from listing to payout: each fact with its day, who, and what proves it."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marketplace.accounts.models import Organization
from marketplace.accounts.roles import OrganizationKind
from marketplace.accounts.timeline import TimelineRow, named
from marketplace.core import Actor, clock
from marketplace.delivery.dossier.chapters import Chapter, chapter_of_fact, chapter_of_paper
from marketplace.delivery.dossier.events import DossierRead
from marketplace.delivery.dossier.selectors import (
    credentials_of,
    gathered,
    name_of_receipt,
    receipts_of,
    shown_papers,
    subjects_of,
)
from marketplace.delivery.dossier.zipping import Paper
from marketplace.delivery.grant.models import Grant
from marketplace.delivery.grant.selectors import grant_of_order
from marketplace.ledger.selectors import read_about
from marketplace.trading.orders.order.models import Order
from marketplace.trading.treasury.payout.selectors import payouts_of
from marketplace.web.templatetags.market import money

SHOWN_FACTS = 200
"""Facts that a page tells; the archive tells every one."""
TOLD = gettext_lazy("The trade as it is told")
CARRIED = gettext_lazy(
    "A payout carries the money of several orders. Those are told that hold money of this one, "
    "what came first going first."
)
REVIEWS = ("review.case_opened", "review.case_decided")
SUMS = ("amount", "refund", "refunded", "released", "held")


@dataclass(frozen=True)
class Told:
    """A fact of a trade. `receipt` is the file of its receipt in the archive, once it is sealed."""

    row: TimelineRow
    chapter: Chapter
    party: str
    sum: str
    receipt: str


@dataclass(frozen=True)
class ChapterTold:
    """A chapter with its facts, oldest first, and the papers that prove them."""

    chapter: Chapter
    facts: list[Told]
    papers: list[Paper]

    @property
    def note(self) -> str:
        """Return what has to be known to read its facts; "" where that is nothing."""
        return str(CARRIED) if self.chapter == Chapter.PAYOUT else ""


@dataclass(frozen=True)
class Dossier:
    """A trade as somebody may read it; `facts_left` more stand in the archive alone."""

    order: Order
    chapters: list[ChapterTold]
    facts_left: int


def told_of(order: Order, *, by: Actor) -> Dossier:
    """Tell an order that the actor may see, as far as they may read each of its facts."""
    grant = grant_of_order(order.pk)
    facts = _facts(order, grant, by)
    shown, papers = facts[:SHOWN_FACTS], list(shown_papers(order, grant))
    chapters = [
        ChapterTold(
            chapter,
            [fact for fact in shown if fact.chapter == chapter],
            [paper for paper in papers if chapter_of_paper(paper.name) == chapter],
        )
        for chapter in Chapter
    ]
    return Dossier(order, chapters, len(facts) - len(shown))


def papers_told(order: Order, *, by: Actor) -> Iterator[Paper]:
    """Yield every paper of an order's dossier: what tells it, what proves it, what checks it."""
    grant = grant_of_order(order.pk)
    facts = _facts(order, grant, by)
    receipts = receipts_of([fact.row.entry for fact in facts], by=by)
    return gathered(order, grant, receipts, more=_telling(order, facts))


def _facts(order: Order, grant: Grant | None, by: Actor) -> list[Told]:
    of = [f"listing:{order.listing_id}"]
    for credential, _title in credentials_of(order, grant).values():
        of += [credential.subject, f"credential:{credential.pk}"]
    subjects = subjects_of(order, grant)
    subjects += [f"disbursement:{payout}" for payout in payouts_of(order)]
    found = [
        each
        for each in read_about(subjects, of=of, with_kinds=REVIEWS, by=by)
        if each[0].kind != DossierRead.kind
    ]
    rows = named([entry for entry, _said in found], by=by)
    centres = set(
        Organization.objects.filter(kind=OrganizationKind.CENTRE).values_list("pk", flat=True)
    )
    return [
        Told(
            row=row,
            chapter=chapter_of_fact(row.entry.kind),
            party=_party(row, order, centres),
            sum=_sum(said),
            receipt="" if row.leaf_index is None else name_of_receipt(number, row.entry),
        )
        for number, (row, (_entry, said)) in enumerate(zip(rows, found, strict=True), 1)
    ]


def _party(row: TimelineRow, order: Order, centres: set[Any]) -> str:
    """Return as what somebody acted."""
    acted = row.entry.organization_id
    if acted is None:
        return (
            _("a member of the public") if row.entry.is_from_anybody else _("the centre's software")
        )
    if acted == order.buyer_id:
        return _("Buyer")
    if acted == order.listing.organization_id:
        return _("Seller")
    return _("Centre") if acted in centres else ""


def _sum(said: dict[str, Any]) -> str:
    amount = next((said[name] for name in SUMS if said.get(name)), "")
    return money(Decimal(amount), said["currency"]) if amount and said.get("currency") else ""


def _telling(order: Order, facts: list[Told]) -> Iterator[Paper]:
    """Yield the trade as a text for people, and as data."""
    title = gettext_lazy("The dossier as a text")
    yield Paper("dossier.txt", "\n".join(_lines(order, facts)).encode(), TOLD, title)
    told = {
        "order": str(order.pk),
        "number": order.number,
        "told_at": clock.now().isoformat(timespec="seconds"),
        "facts": [_as_data(fact) for fact in facts],
    }
    content = json.dumps(told, ensure_ascii=False, indent=2).encode()
    yield Paper("dossier.json", content, TOLD, gettext_lazy("The dossier as data"))


def _as_data(fact: Told) -> dict[str, Any]:
    entry = fact.row.entry
    return {
        "chapter": fact.chapter.value,
        "kind": entry.kind,
        "happened_at": entry.happened_at.isoformat(),
        "party": fact.party,
        "organization": fact.row.organization,
        "person": fact.row.person,
        "sum": fact.sum,
        "entry": fact.row.leaf_index,
        "reference": str(entry.reference),
        "receipt": fact.receipt,
    }


def _lines(order: Order, facts: list[Told]) -> Iterator[str]:
    yield _("Dossier of the trade %(number)s") % {"number": order.number}
    yield order.listing.title
    for chapter in Chapter:
        told = [fact for fact in facts if fact.chapter == chapter]
        yield from ("", f"== {chapter.label} ==")
        if chapter == Chapter.PAYOUT:
            yield str(CARRIED)
        if not told:
            yield _("Nothing is recorded of this.")
        for fact in told:
            leaf = fact.row.leaf_index
            said = (
                f"{timezone.localtime(fact.row.entry.happened_at):%Y-%m-%d %H:%M}",
                *(fact.row.label, fact.sum, fact.party, fact.row.organization, fact.row.person),
                _("not sealed yet") if leaf is None else _("leaf %(leaf)d") % {"leaf": leaf},
                fact.receipt,
            )
            yield " | ".join(each for each in said if each)
    yield ""
