"""What was answered is kept while nothing is recorded, and no longer than a second."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from threading import Thread

import pytest
from django.db import connection

from marketplace.core import clock
from marketplace.ledger import keeping
from marketplace.ledger.keeping import KeptAnswers, recorded_mark
from marketplace.ledger.services.recording import record
from tests.given.world import World
from tests.ledger.test_sealing import SYSTEM, Happened
from tests.ledger.test_sealing_order import SlowAct


@pytest.fixture
def asked(world: World) -> Iterator[KeptAnswers[str, int]]:
    """Yield nothing kept yet, while time stands still."""
    with clock.stopped_at(clock.now()):
        yield KeptAnswers[str, int]()


def test_an_answer_is_kept_until_something_is_recorded(asked: KeptAnswers[str, int]) -> None:
    """By its name, for less than a second, and not at all where it is not to be kept."""
    numbers = iter(range(9))

    def answer(name: str, *, keeps: bool = True) -> int:
        return asked.answer(name, lambda: next(numbers), keeps=lambda _found: keeps)

    assert [answer("a"), answer("a"), answer("b"), answer("a")] == [0, 0, 1, 0]
    record(Happened(subject="thing:1"), by=SYSTEM)
    assert [answer("a"), answer("a")] == [2, 2]
    now = clock.now()
    for seconds, kept in ((0.999, 2), (1.0, 3), (-0.001, 4)):
        with clock.stopped_at(now + timedelta(seconds=seconds)):
            assert answer("a") == kept
    with clock.stopped_at(now):
        assert [answer("c", keeps=False), answer("c", keeps=False)] == [5, 6]


def test_what_is_refused_is_not_kept(asked: KeptAnswers[str, int]) -> None:
    """It passes, and the next one is asked anew."""

    def refuse() -> int:
        raise LookupError

    with pytest.raises(LookupError):
        asked.answer("a", refuse, keeps=bool)
    assert asked.answer("a", lambda: 1, keeps=bool) == 1


def test_no_more_is_kept_than_fits(
    asked: KeptAnswers[str, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keeping, "MOST_KEPT", 2)
    for number in range(5):
        asked.answer(str(number), lambda: 1, keeps=bool)
    assert len(asked._kept) == 1


class TwoWhoAsk:
    """While the first is answered, a second one asks the same in a thread of its own."""

    def __init__(self, seconds: float) -> None:
        self.kept, self.seconds = KeptAnswers[str, str](), seconds
        self.second = Thread(target=self.ask_second)
        self.said: list[str] = []

    def ask_first(self) -> str:
        return self.kept.answer("a", self.find, keeps=bool)

    def find(self) -> str:
        self.second.start()
        self.second.join(self.seconds)
        return "first"

    def ask_second(self) -> None:
        try:
            self.said.append(self.kept.answer("a", lambda: "second", keeps=bool))
        finally:
            connection.close()


@pytest.mark.postgres
def test_what_two_ask_at_once_is_asked_once(
    committed_database: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The second one waits for the answer to the first, here as long as a busy machine takes."""
    monkeypatch.setattr(keeping, "PATIENCE", 120)
    monkeypatch.setattr(keeping, "KEPT", timedelta(hours=1))
    both = TwoWhoAsk(0.3)
    assert both.ask_first() == "first"
    both.second.join()
    assert both.said == ["first"]


@pytest.mark.postgres
def test_nobody_waits_for_ever(committed_database: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """The first one may wait for a row that the second has locked: then the second asks itself."""
    monkeypatch.setattr(keeping, "PATIENCE", 0.05)
    both = TwoWhoAsk(30)
    assert both.ask_first() == "first"
    assert both.said == ["second"]


@pytest.mark.postgres
def test_an_act_that_ends_after_a_later_one_shows(committed_database: None) -> None:
    """Its entries have earlier numbers than what was recorded while it went on."""
    act = SlowAct()
    act.step(0)
    act.step(1)
    record(Happened(subject="quick:1"), by=SYSTEM)
    before = recorded_mark()
    act.step(2)
    assert recorded_mark() > before
