"""Pair the bank's lines of what went out with what the books sent: by our reference, by word."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.db.models import Q

from marketplace.trading.treasury.bank.models import BankLine
from marketplace.trading.treasury.bank_item.models import BankItem
from marketplace.trading.treasury.bank_item.selectors import items_moved_within, items_of
from marketplace.trading.treasury.bank_match.models import BankMatch
from marketplace.trading.treasury.bank_match.states import MatchState
from marketplace.trading.treasury.payout.at_bank import UNDER_WAY, day_of, named_at_bank, sent
from marketplace.trading.treasury.payout.models import Disbursement
from marketplace.trading.treasury.reconciliation.sheet import Finding, Row


def outgoing_rows(
    currency: str, lines: Sequence[BankLine], first: date, last: date, *, at: date | None
) -> Iterable[Row]:
    """Pair what went out by our reference in the bank's text; what has none, by word or amount.

    An amount alone is likely and no more: a finance officer confirms or declines it. Where the
    bank's own text names what was confirmed of another line, the word does not count any more.
    """
    candidates = list(
        sent()
        .filter(
            currency=currency,
            decided_at__date__gte=first - UNDER_WAY,
            decided_at__date__lte=last,
        )
        .select_related("account__organization")
        .order_by("decided_at")
    )
    outgoing = [line for line in lines if line.amount < 0]
    items = items_of(outgoing, at=at)
    said = _said(outgoing, candidates)
    named = {each.reference: each for each in candidates}
    pairs = {
        line.pk: named.pop(line.claimed_reference)
        for line in outgoing
        if line.claimed_reference in named
    }
    taken = said.elsewhere | said.named | {each.pk for each in pairs.values()}
    counting = {
        key: match
        for key, match in said.confirmed.items()
        if match.disbursement_id not in said.named
    }
    taken |= {match.disbursement_id for match in counting.values()}
    free = [each for each in candidates if each.pk not in taken]
    shown: set[UUID] = set()
    for line in outgoing:
        counts, fitting = counting.get(line.pk), pairs.get(line.pk)
        if fitting is not None:
            finding = Finding.MATCHED if fitting.amount == -line.amount else Finding.AMOUNT_DIFFERS
        elif counts is not None:
            fitting, finding = counts.disbursement, Finding.CONFIRMED
        elif line.pk in items:
            finding = Finding.NOT_BOOKED
        else:
            fitting = next((each for each in free if said.may_be(line, each)), None)
            finding = Finding.LIKELY if fitting else Finding.NOT_BOOKED
            if fitting is not None:
                free.remove(fitting)
        if fitting is not None:
            shown.add(fitting.pk)
        row = _row_of_line(line, fitting, finding, said.confirmed.get(line.pk))
        yield with_item(row, items.get(line.pk), first, last)
    for each in candidates:
        if each.pk not in shown and day_of(each) >= first:
            yield _row_of_books(each)


def with_item(row: Row, item: BankItem | None, first: date, last: date) -> Row:
    """Add to a row what was booked of its line as the bank's own, on these days or later.

    A line that no statement of these days has is never booked before it.
    """
    if item is None or item.booked_on is None:
        return replace(row, item=item)
    if item.booked_on > last:
        return replace(row, item=item, finding=Finding.OTHER_DAY)
    in_books = (row.in_books or Decimal(0)) + (item.amount if item.payment_id is None else 0)
    return replace(row, item=item, in_books=in_books, finding=Finding.BANK_OWN)


def rows_of_late_items(currency: str, first: date, last: date) -> Iterable[Row]:
    """Return what was booked or reversed on these days of the bank's own lines of earlier days."""
    for moved in items_moved_within(currency, first, last):
        item, amount = moved.item, moved.item.amount
        yield Row(
            *(item.line.booked_on, item.line.reference, currency, None),
            amount if moved.stands_after else -amount,
            Finding.OTHER_DAY if moved.stands_after else Finding.REVERSED,
            line=item.line,
            item=item,
            earlier=amount if moved.stands_after else Decimal(0),
        )


def _row_of_line(
    line: BankLine, fitting: Disbursement | None, finding: Finding, match: BankMatch | None
) -> Row:
    return Row(
        line.booked_on,
        line.reference,
        line.currency,
        line.amount,
        -fitting.amount if fitting else None,
        finding,
        disbursement=fitting,
        line=line,
        match=match,
    )


def _row_of_books(disbursement: Disbursement) -> Row:
    """Return the row of what the books sent and no line of the bank shows."""
    return Row(
        day_of(disbursement),
        "",
        disbursement.currency,
        None,
        -disbursement.amount,
        Finding.NOT_AT_BANK,
        disbursement=disbursement,
    )


@dataclass
class _Said:
    """What was said of some lines, and what other lines account for: confirmed, or by name."""

    confirmed: dict[UUID, BankMatch] = field(default_factory=dict)
    declined: set[tuple[UUID, UUID]] = field(default_factory=set)
    elsewhere: set[UUID] = field(default_factory=set)
    named: set[UUID] = field(default_factory=set)

    def may_be(self, line: BankLine, disbursement: Disbursement) -> bool:
        """Return whether the line could be this money, and nobody said that it is not."""
        return (
            disbursement.amount == -line.amount
            and day_of(disbursement) <= line.booked_on
            and (line.pk, disbursement.pk) not in self.declined
        )


def _said(outgoing: Sequence[BankLine], candidates: Sequence[Disbursement]) -> _Said:
    said = _Said()
    here = {line.pk for line in outgoing}
    days = {line.booked_on for line in outgoing}
    matches = (
        BankMatch.objects.exclude(state=MatchState.WITHDRAWN)
        .filter(Q(line__booked_on__in=days) | Q(disbursement__in=candidates))
        .select_related("line", "disbursement__account__organization")
    )
    for match in matches:
        key = match.line_id
        if match.state == MatchState.DECLINED:
            said.declined.add((key, match.disbursement_id))
        elif key in here:
            said.confirmed[key] = match
        else:
            said.elsewhere.add(match.disbursement_id)
    confirmed = [match.disbursement for match in said.confirmed.values()]
    said.named = named_at_bank([*candidates, *confirmed])
    return said
