"""Within one look a question is asked once; a lock makes it asked anew."""

from __future__ import annotations

import pytest
from django.db import transaction

from marketplace.accounts.models import Organization
from marketplace.core.locking import (
    locked,
    share_lock,
    share_lock_with,
    share_locked,
    share_locked_rows,
)
from marketplace.core.reading import read_once, reading, remember
from tests.given.world import World


class Asked:
    """Counts how often it was asked."""

    def __init__(self) -> None:
        self.times = 0

    def __call__(self, what: object, *, how: str = "") -> int:
        """Return how often by now."""
        self.times += 1
        return self.times


def test_within_a_look_each_question_is_asked_once() -> None:
    """By what is asked about and how; outside of a look each time."""
    ask = read_once(Asked())
    assert [ask("a"), ask("a")] == [1, 2]
    with reading():
        assert [ask("a"), ask("a"), ask("b"), ask("a", how="x"), ask("a")] == [3, 3, 4, 5, 3]
        with reading():
            assert ask("a") == 3
        assert ask("a") == 3
    assert ask("a") == 6


@pytest.mark.django_db
@pytest.mark.parametrize(
    "lock",
    [
        lambda row: locked(Organization.objects.all(), pk=row.pk),
        lambda row: share_locked(Organization.objects.all(), pk=row.pk),
        share_lock,
        lambda row: share_lock_with(Organization, pk=row.pk),
        lambda row: share_locked_rows(Organization.objects.filter(pk=row.pk)),
    ],
    ids=["locked", "share_locked", "share_lock", "share_lock_with", "share_locked_rows"],
)
def test_after_a_lock_it_is_asked_anew(lock: object, world: World) -> None:
    """What was read before somebody else's change may be old by the time that the lock is had."""
    assert callable(lock)
    row, ask = Organization.objects.all()[0], read_once(Asked())
    with reading(), transaction.atomic():
        assert [ask(row), ask(row)] == [1, 1]
        lock(row)
        assert [ask(row), ask(row)] == [2, 2]


def test_what_a_lock_has_read_is_not_asked_again() -> None:
    """Within the look alone."""
    ask = read_once(Asked())
    remember(ask, 7, "a")
    assert ask("a") == 1
    with reading():
        remember(ask, 7, "a", how="x")
        assert [ask("a", how="x"), ask("a")] == [7, 2]
    assert ask("a", how="x") == 3
