"""What the attackers reached, as a reviewer reads it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from marketplace.credentials.presentation import (
    NOTHING_TO_PLAY,
    OUTCOMES,
    AttackInWords,
    attack_in_words,
)
from marketplace.preparation.answers import Labels, count, listed
from marketplace.preparation.attack_words import reason_sentence


def attacks_in_words(judgement: Mapping[str, Any], labels: Labels) -> tuple[AttackInWords, ...]:
    """Put the attackers of a judgement into words, those that came too far first."""
    ended = list(zip(outcomes_of(judgement), judgement.get("attackers", ()), strict=True))
    return tuple(
        _attack(attack, outcome, labels)
        for each in OUTCOMES
        for outcome, attack in ended
        if outcome == each
    )


def outcomes_of(judgement: Mapping[str, Any]) -> list[str]:
    """Return how each attack of a judgement ended, one of `OUTCOMES`."""
    reasons = judgement.get("reasons", ())
    reached = {one["parameters"]["attacker"] for one in reasons if one["code"] == "reached"}
    return [_outcome(attack, reached) for attack in judgement.get("attackers", ())]


def has_nothing_to_play(attack: Mapping[str, Any]) -> bool:
    """Return whether there was nothing that the attacker could have tried."""
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
    is_unknown = outcome == "unknown"
    return attack_in_words(
        attack,
        outcome,
        worst=_worst(str(attack["name"]), attack["worst"], labels),
        not_tried=[reason_sentence(one, labels) for one in attack["not_tried"] if is_unknown],
    )


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
