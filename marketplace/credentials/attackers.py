"""The words for attackers, and what a credential states of them as rows of a table."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from marketplace.web.shares import percent

ATTACKER_LABELS: Mapping[str, Promise] = MappingProxyType(
    {
        "position": gettext_lazy("Looking at the order of the rows"),
        "singling out": gettext_lazy("Looking for a row that stands alone"),
        "linkage": gettext_lazy("Looking for a person whose details are known"),
        "inference": gettext_lazy("Guessing a private value of a known person"),
        "membership": gettext_lazy("Asking whether a person is in the data at all"),
        "composition": gettext_lazy("Joining it with earlier releases of the same people"),
    }
)
"""Who tried, by the names of the library."""

ATTACKER_KNOWS: Mapping[str, Promise] = MappingProxyType(
    {
        "position": gettext_lazy("the original table, in its order or sorted by any column"),
        "singling out": gettext_lazy("any few of the released columns of a person"),
        "linkage": gettext_lazy("exact values of a person, as the original table has them"),
        "inference": gettext_lazy("all else that is released of a person"),
        "membership": gettext_lazy("everything about a person, but not whether they took part"),
        "composition": gettext_lazy("every earlier release of these people"),
    }
)
"""What each knew."""

NOTHING_TO_PLAY: Mapping[str, Promise] = MappingProxyType(
    {
        "inference": gettext_lazy("No private column is released."),
        "membership": gettext_lazy("Everybody of the original table is in it."),
        "composition": gettext_lazy("No earlier release of these people is known."),
    }
)
"""Why there was nothing to try."""

OUTCOMES: Mapping[str, Promise] = MappingProxyType(
    {
        "failed": pgettext_lazy("of an attack", "came too far"),
        "unknown": pgettext_lazy("of an attack", "not measured"),
        "not-withstood": pgettext_lazy("of an attack", "not withstood"),
        "withstood": pgettext_lazy("of an attack", "withstood"),
        "nothing": pgettext_lazy("of an attack", "nothing to try"),
    }
)
"""How it ended, in the order in which a table shows it; `not-withstood` where no more is stated."""

TONES = {"failed": "bad", "unknown": "warning", "not-withstood": "bad", "withstood": "good"}


@dataclass(frozen=True)
class AttackInWords:
    """One attacker: who, what was known, how often right against guessing, and the worst case.

    `right`, `guessing` and `beyond` are "" where nothing was measured; `not_tried` says why.
    """

    who: str
    knew: str
    right: str
    guessing: str
    beyond: str
    outcome: str
    tone: str
    worst: str = ""
    not_tried: tuple[str, ...] = ()


def attacker_label(name: str) -> str:
    """Word an attacker."""
    return str(ATTACKER_LABELS.get(name, name))


def attack_in_words(
    attack: Mapping[str, Any], outcome: str, *, worst: str = "", not_tried: Iterable[str] = ()
) -> AttackInWords:
    """Word one attacker; a `rate` of None says that nothing was measured."""
    name = str(attack["name"])
    is_measured = attack["rate"] is not None and outcome != "nothing"
    knew = NOTHING_TO_PLAY[name] if outcome == "nothing" else ATTACKER_KNOWS.get(name, "")
    return AttackInWords(
        who=attacker_label(name),
        knew=str(knew),
        right=percent(attack["rate"]) if is_measured else "",
        guessing=percent(attack["control"]) if is_measured else "",
        beyond=_beyond(attack) if is_measured else "",
        outcome=str(OUTCOMES[outcome]),
        tone=TONES.get(outcome, ""),
        worst=worst if is_measured else "",
        not_tried=tuple(not_tried),
    )


def stated_attacks(attackers: Iterable[Mapping[str, Any]]) -> tuple[AttackInWords, ...]:
    """Word the attackers that a credential states, those that came too far first."""
    ended = [(_outcome(attack), attack) for attack in attackers]
    return tuple(
        attack_in_words(attack, outcome)
        for each in OUTCOMES
        for outcome, attack in ended
        if outcome == each
    )


def _outcome(attack: Mapping[str, Any]) -> str:
    """Return how an attack ended; credentials that were signed before state `passed` alone."""
    outcome = str(attack.get("outcome", ""))
    if outcome in OUTCOMES and (outcome != "nothing" or attack["name"] in NOTHING_TO_PLAY):
        return outcome
    return "withstood" if attack["passed"] else "not-withstood"


def _beyond(attack: Mapping[str, Any]) -> str:
    value, high = percent(attack["excess"]), percent(attack["high"])
    if value == high:
        return value
    return _("%(value)s (up to %(high)s)") % {"value": value, "high": high}
