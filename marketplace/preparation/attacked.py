"""What the attackers reached, as a reviewer reads it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from marketplace.preparation.answers import Labels, count, listed, percent
from marketplace.preparation.attack_words import (
    ATTACKER_KNOWS,
    NOTHING_TO_PLAY,
    OUTCOMES,
    attacker_label,
    reason_sentence,
)

TONES = {"withstood": "good", "failed": "bad", "unknown": "warning", "nothing": ""}


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
    worst: str
    outcome: str
    tone: str
    not_tried: tuple[str, ...]


def attacks_in_words(judgement: Mapping[str, Any], labels: Labels) -> tuple[AttackInWords, ...]:
    """Put the attackers of a judgement into words, those that came too far first."""
    reasons = judgement.get("reasons", ())
    reached = {one["parameters"]["attacker"] for one in reasons if one["code"] == "reached"}
    worded = [
        (_outcome(attack, reached), _attack(attack, _outcome(attack, reached), labels))
        for attack in judgement.get("attackers", ())
    ]
    order = ["failed", "unknown", "withstood", "nothing"]
    return tuple(words for _out, words in sorted(worded, key=lambda pair: order.index(pair[0])))


def has_nothing_to_play(attack: Mapping[str, Any]) -> bool:
    """Say whether there was nothing that the attacker could have tried."""
    return (
        attack["passed"]
        and not attack["trials"]
        and not attack["worst"]
        and attack["rate"] == attack["control"]
        and attack["name"] in NOTHING_TO_PLAY
    )


def _outcome(attack: Mapping[str, Any], reached: set[Any]) -> str:
    if has_nothing_to_play(attack):
        return "nothing"
    if attack["passed"]:
        return "withstood"
    is_beyond = attack["name"] in reached and attack["tried"] and not attack["not_tried"]
    return "failed" if attack["breaks"] or is_beyond else "unknown"


def _attack(attack: Mapping[str, Any], outcome: str, labels: Labels) -> AttackInWords:
    name, is_measured = str(attack["name"]), attack["tried"] and outcome != "nothing"
    knew = ATTACKER_KNOWS.get(name, "")
    return AttackInWords(
        who=attacker_label(name),
        knew=str(NOTHING_TO_PLAY[name] if outcome == "nothing" else knew),
        right=percent(attack["rate"]) if is_measured else "",
        guessing=percent(attack["control"]) if is_measured else "",
        beyond=_beyond(attack) if is_measured else "",
        worst=_worst(name, attack["worst"], labels) if is_measured else "",
        outcome=str(OUTCOMES[outcome]),
        tone=TONES[outcome],
        not_tried=tuple(reason_sentence(one, labels) for one in attack["not_tried"])
        if outcome == "unknown"
        else (),
    )


def _beyond(attack: Mapping[str, Any]) -> str:
    value, high = percent(attack["excess"]), percent(attack["high"])
    if value == high:
        return value
    return _("%(value)s (up to %(high)s)") % {"value": value, "high": high}


def _worst(name: str, worst: Mapping[str, Any], labels: Labels) -> str:
    """Say the worst case; "" where the library names none that concerns single people."""
    columns = listed([str(one) for one in worst.get("columns", ())], labels)
    if name == "singling out" and "rows_below_k" in worst:
        alone = int(worst["unique_rows"])
        return ngettext(
            "%(columns)s: %(alone)s row stands alone, %(below)s are in groups that are too small.",
            "%(columns)s: %(alone)s rows stand alone, %(below)s are in groups that are too small.",
            alone,
        ) % {"columns": columns, "alone": count(alone), "below": count(worst["rows_below_k"])}
    if name == "linkage" and "found" in worst:
        if not worst["found"]:
            return _("Nobody was found: at least %(fewest)s rows fit each person.") % {
                "fewest": count(worst["fewest_candidates"])
            }
        return _("%(columns)s: %(found)s of %(persons)s people were found.") % {
            "columns": columns,
            "found": count(worst["found"]),
            "persons": count(worst["persons"]),
        }
    if name == "inference" and "column" in worst:
        return _("%(column)s, to whoever knows %(known)s.") % {
            "column": listed([str(worst["column"])], labels),
            "known": listed([str(one) for one in worst["known"]], labels),
        }
    return ""
