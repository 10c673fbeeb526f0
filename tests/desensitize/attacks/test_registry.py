"""What every attacker says of itself in its file."""

from __future__ import annotations

import pkgutil
import re
from collections import Counter
from importlib import import_module
from pathlib import Path

import pytest

from desensitize import attacks
from desensitize.attacks.contract import Attacker
from desensitize.attacks.reasons import Why
from desensitize.attacks.registry import ALL, ATTACKERS, REASONS

CONCEPTS = Path(__file__).parents[3] / "docs" / "concepts.md"
FIELD = re.compile(r"\{(\w+)[^}]*\}|%\((\w+)\)s")


def test_all_whom_a_verdict_was_ever_signed_with_are_there() -> None:
    assert len(ATTACKERS) == len(ALL)
    signed = {"position", "singling out", "linkage", "inference", "membership", "composition"}
    assert signed <= set(ATTACKERS)


def test_every_reason_belongs_to_one_attacker_or_to_all() -> None:
    """One that stands in no list would be shown in English."""
    modules = [
        import_module(f"{attacks.__name__}.{one.name}")
        for one in pkgutil.iter_modules(attacks.__path__)
    ]
    written = {one for module in modules for one in vars(module).values() if isinstance(one, Why)}
    assert written == set(REASONS.values())
    codes = Counter(why.code for attacker in ALL for why in attacker.reasons)
    assert set(codes.values()) == {1}


@pytest.mark.parametrize("why", REASONS.values(), ids=lambda why: why.code)
def test_a_reason_is_two_sentences_on_the_same(why: Why) -> None:
    assert why.sentence.endswith((".", "}"))
    fields = [
        {one or other for one, other in FIELD.findall(text)} for text in (why.sentence, why.shown)
    ]
    # A page says less of what could not be played, and need not name a file.
    assert fields[1] <= fields[0]
    assert why.shown or not fields[0]


@pytest.mark.parametrize("attacker", ALL, ids=lambda attacker: attacker.name)
def test_concepts_tell_of_every_attacker(attacker: Attacker) -> None:
    assert f"| {attacker.name} | " in CONCEPTS.read_text(encoding="utf-8")
