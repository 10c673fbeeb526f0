"""One-time codes of tests go by the tests' clock: no half minute ends while one is judged."""

from __future__ import annotations

import time

import pytest

from marketplace.accounts.one_time_codes import counter_of_code
from tests.given.codes import code_of, next_code, with_app
from tests.given.world import World


def test_a_code_is_right_until_the_test_moves_the_clock(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However long a busy machine takes over it."""
    person, secret = world.person("officer"), with_app(world, "officer")
    code, later = code_of(secret), time.time() + 300
    monkeypatch.setattr(time, "time", lambda: later)
    assert counter_of_code(person.pk, code) is not None
    next_code()
    assert counter_of_code(person.pk, code) is None
    assert counter_of_code(person.pk, code_of(secret)) is not None
