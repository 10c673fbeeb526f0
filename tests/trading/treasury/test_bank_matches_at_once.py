"""Of six words about a bank line at once, one counts."""

from __future__ import annotations

import pytest

from marketplace.core.errors import WrongState
from marketplace.ledger.models import Entry
from marketplace.trading.treasury.bank_match.models import BankMatch
from marketplace.trading.treasury.bank_match.services import confirm_match, decline_match
from marketplace.trading.treasury.payout.models import Disbursement
from tests.given import money
from tests.given.threads import at_once
from tests.given.world import World
from tests.trading.treasury.test_bank_matches import sent_twice

pytestmark = [pytest.mark.postgres, pytest.mark.usefixtures("at_once")]


def test_a_line_is_confirmed_once() -> None:
    """Two payouts for one line, and two lines for one payout: three words for each, one counts."""
    world = World()
    first, second, found = sent_twice(world)
    other, treasurer = money.line_out(world, second), world.actor("treasurer")
    pairs = [(found, first), (found, second), (other, first)]

    def say(number: int) -> BankMatch:
        line, sent = pairs[number % 3]
        return confirm_match(line.pk, disbursement=sent.pk, by=treasurer)

    answers = at_once(6, say)
    confirmed = BankMatch.objects.filter(state="confirmed")
    assert {type(answer) for answer in answers} == {BankMatch, WrongState}
    lines = list(confirmed.values_list("line_id", flat=True))
    assert len(lines) == len(set(lines))
    sent = list(confirmed.values_list("disbursement_id", flat=True))
    assert len(sent) == len(set(sent))
    facts = Entry.objects.filter(kind="trading.bank_match_confirmed")
    assert facts.count() == confirmed.count()


def test_a_word_and_its_contrary() -> None:
    """The same line and payout confirmed and declined at once: one of the two stands."""
    world = World()
    found = money.likely_line(world)
    sent = Disbursement.objects.get()
    treasurer = world.actor("treasurer")
    acts = (confirm_match, decline_match)
    answers = at_once(
        6, lambda number: acts[number % 2](found.pk, disbursement=sent.pk, by=treasurer)
    )
    match = BankMatch.objects.get()
    won = [answer for answer in answers if isinstance(answer, BankMatch)]
    assert {answer.state for answer in won} == {match.state}
    assert len(won) == 3
    assert Entry.objects.filter(kind__startswith="trading.bank_match").count() == 1
