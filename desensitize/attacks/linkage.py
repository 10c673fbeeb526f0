"""Somebody who knows values of a person exactly, and looks for the row that fits."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from desensitize.attacks.candidates import Found, find_candidates
from desensitize.attacks.contract import Attack, Attacker, Release, Told
from desensitize.attacks.drawn_anew import NOTHING_SHARED, play_drawn_anew
from desensitize.attacks.excess import Excess, weigh
from desensitize.attacks.meaning import ANYTHING, Readable, read_release
from desensitize.attacks.reasons import NOTHING_READ
from desensitize.attacks.values import Codes, Values, encode_column
from desensitize.errors import DesensitizeError, nearest
from desensitize.words import mark_text

NAME = "linkage"


@dataclass(frozen=True)
class _Trial:
    columns: tuple[str, ...]
    found: Found
    excess: Excess


def linkage(release: Release, /, *, limit: float) -> Attack:
    """Return for how many persons one row of the release stands out by their exact values.

    All columns but the sensitive ones are known together, each sensitive one alone: who knows
    fewer finds nobody more. Where that is too many, the fewest columns that are enough are
    looked for, up to `release.known`. Rows that were drawn anew belong to nobody: there the
    question is whether they repeat persons of the source.

    Raises:
        DesensitizeError: `unknown-column` for the person.
        TableError: `unreadable-table`.
    """
    if release.is_synthetic:
        return play_drawn_anew(release, NAME, limit)
    game = _Game(release, read_release(release))
    if not game.known and not game.apart:
        return Attack(NAME, "", None, limit, not_tried=(NOTHING_READ(),))
    trials = [game.play(columns) for columns in game.sets() if columns]
    worst = max(trials, key=lambda one: (one.excess.value, one.excess.high, one.found.right))
    enough = worst
    if worst.excess.is_above(limit) and len(worst.columns) > 1:
        enough = game.fewest(limit) or worst
    return Attack(
        NAME,
        knows=_knows(worst.columns),
        excess=worst.excess,
        limit=limit,
        worst=_described(worst, enough),
        not_tried=game.readable.not_read,
    )


class _Game:
    """Play sets of known columns on one release."""

    def __init__(self, release: Release, readable: Readable) -> None:
        self.release, self.readable = release, readable
        self.persons = None
        if release.person is not None:
            if release.person not in readable.source:
                raise DesensitizeError(
                    "unknown-column",
                    column=release.person,
                    nearest=nearest(release.person, readable.source),
                )
            self.persons = _persons(encode_column(release.source, release.person))
        tell = {
            name: meaning.source.column
            for name, meaning in readable.meanings.items()
            if bool((meaning.level != ANYTHING).any())
        }
        self.apart = [name for name, origin in tell.items() if origin in release.sensitive]
        self.known = [name for name in tell if name not in self.apart]
        self.quasi = [name for name in self.known if tell[name] in release.quasi_identifiers]

    def sets(self) -> list[tuple[str, ...]]:
        """Return the sets of columns that all others are a part of, and the quasi-identifiers."""
        asked = [tuple(self.known), tuple(self.quasi), *((name,) for name in self.apart)]
        return list(dict.fromkeys(asked))

    def play(self, columns: Sequence[str]) -> _Trial:
        """Return what the values of some columns reach."""
        meanings = [self.readable.meanings[name] for name in columns]
        found = find_candidates(meanings, self.release.seed, self.persons)
        return _Trial(tuple(columns), found, weigh(found.share, found.share_by_chance))

    def fewest(self, limit: float) -> _Trial | None:
        """Return a smallest set that reaches more than the limit, found greedily."""
        chosen: tuple[str, ...] = ()
        for _ in range(min(self.release.known, len(self.known))):
            trials = [self.play((*chosen, name)) for name in self.known if name not in chosen]
            best = max(trials, key=lambda one: (one.excess.value, one.found.right))
            if best.excess.is_above(limit):
                return best
            chosen = max(trials, key=lambda one: one.found.right).columns
        return None


def _persons(values: Values) -> Codes:
    """Number the person of each row; of whom nothing is said is somebody else each time."""
    unnamed = values.texts.is_null().to_numpy()[values.codes]
    named = np.cumsum(unnamed, dtype=np.int32) + (values.different - 1)
    return np.where(unnamed, named, values.codes)


def _knows(columns: Sequence[str]) -> str:
    return "The exact values of " + ", ".join(f"“{name}”" for name in columns) + "."


def _described(worst: _Trial, enough: _Trial) -> dict[str, Any]:
    return {
        "columns": list(enough.columns),
        "found": enough.found.found,
        "persons": enough.found.trials,
        "likeliest_row_right": enough.found.right,
        "fewest_candidates": enough.found.fewest,
        "all_columns": list(worst.columns),
    }


def _tell_worst(worst: Mapping[str, Any]) -> Told | None:
    if "found" not in worst:
        return None
    if not worst["found"]:
        nobody = mark_text("Nobody was found: at least %(fewest)s rows fit each person.")
        return Told(nobody, {"fewest": worst["fewest_candidates"]})
    found = mark_text("%(columns)s: %(found)s of %(persons)s people were found.")
    return Told(found, {name: worst[name] for name in ("columns", "found", "persons")})


ATTACKER = Attacker(
    name=NAME,
    play=linkage,
    doing=mark_text("Looking for a person whose details are known"),
    knows=mark_text("exact values of a person, as the original table has them"),
    tell_worst=_tell_worst,
    reasons=(NOTHING_SHARED,),
)
