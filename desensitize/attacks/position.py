"""Somebody who holds a list in some order, or an earlier release, and counts rows."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from heapq import nlargest
from math import sqrt
from statistics import NormalDist

import numpy as np

from desensitize.attacks.contract import Attack, Attacker, Earlier, Release, Remedy
from desensitize.attacks.excess import Excess, gravity
from desensitize.attacks.footer import metadata_findings
from desensitize.attacks.meaning import Readable, read_release
from desensitize.attacks.neighbours import Neighbours, find_neighbours
from desensitize.attacks.orders import (
    Order,
    Part,
    Plan,
    open_parts,
    orders_of,
    orders_of_releases,
    visible,
)
from desensitize.attacks.pages import page_findings
from desensitize.attacks.pairing import Pairing, SameLabels, pair_releases
from desensitize.attacks.position_games import Game, Mapped, Nearby, Shifted
from desensitize.attacks.progressions import Progression
from desensitize.attacks.reasons import NOTHING_READ, Why
from desensitize.attacks.segments import PARTS, Segments
from desensitize.attacks.workbook import is_workbook, workbook_findings
from desensitize.words import mark_text

NAME = "position"
METADATA_TELLS = Why(
    "metadata_tells",
    "The metadata of the file tells of its source: {what}.",
    mark_text("The file itself tells something about its source."),
)
HOLDS_MORE = Why(
    "holds_more",
    "The file holds more than its rows: {what}.",
    mark_text("The file holds more than its rows say."),
)
RADII = (0, 8, 128, 2_048, 8_192)
SHARE_OF_ROWS = 32
"""The widest window reaches over a thirty-second of the table to either side."""
OPEN_PARTS, FEWEST_ROWS = 3, 200
"""Of a table that is openly sorted the largest parts are looked into, if they have enough rows."""
FIRST, LATER = 200_000, ((1_000_000, 3), (24_000_000, 1))
"""Pairs of rows that each game may compare at first, and in later rounds, with those then left."""
LEFT_AT_FIRST = 24
OBVIOUS = 0.5
"""Where a game reaches so much for sure, no other is looked for."""
LUCK = 1e-6
"""So seldom the luckiest of all games on rows in no order is taken for a finding."""
ORDERS_AT_ONCE = 1
"""An order is kept while games are played with it, and made again for a later round."""
PARTS_OF_PAIRS = slice(None, 500), slice(500, 2_000), slice(2_000, None)
"""Pairs of neighbours that are looked at in each round, so that no round confirms itself."""


@dataclass(frozen=True)
class _Try:
    """Name a game on an order; it is played with a number of pairs, in a round from 0 on.

    `measures` says that it asks for the row itself at its place: what it reaches is what somebody
    who has the order would, and its bound is one on that.
    """

    against: str
    order: str
    looks_for: str
    measures: bool
    play: Callable[[int, int], Excess | None]


_Result = tuple[_Try, Excess]
_Made = Callable[[Plan], Order]


def position(release: Release, /, *, limit: float) -> Attack:
    """Return how far the places of its rows link a release to its source or an earlier release.

    Each order is played in games: a row that fits stands where the order says, or near it; runs of
    rows fit when some were left out; names go to one value each; neighbours are neighbours. The
    control are rows permuted among those that look alike in what the release is openly sorted by.
    The games are played on few rows first, the best ones on more and others, so that the best of
    many chances is not taken for a finding. In a small table these are the same rows again: a game
    is a finding only if what it reached is not the luck of the best of all (Bonferroni). Where none
    is, an attacker has no order to go by, and reaches at most the highest of the upper bounds of
    the games that ask for the row at its very place, in whatever order.

    Raises:
        TableError: `unreadable-table`.
    """
    readable = read_release(release)
    findings, more = _findings(release, readable)
    random = np.random.default_rng(release.seed)
    tries = list(_tries(release, readable, random))
    luck = NormalDist().inv_cdf(1 - LUCK / max(1, len(tries)))
    first = _played(((one, None) for one in tries), FIRST, luck, turn=0)
    left = nlargest(LEFT_AT_FIRST, first, key=_reached)
    for turn, (pairs, number) in enumerate(LATER, start=1):
        left = nlargest(number, _played(left, pairs, luck, turn=turn), key=_reached)
    game, excess = _answer(first, left, luck, limit)
    return Attack(
        NAME,
        knows="The source in its order, or sorted by any of its columns, and earlier releases.",
        excess=excess,
        limit=limit,
        worst={}
        if game is None
        else {"against": game.against, "order": game.order, "looks_for": game.looks_for},
        not_tried=() if left else readable.not_read or (NOTHING_READ(),),
        breaks=(
            *(METADATA_TELLS(what=one) for one in findings),
            *(HOLDS_MORE(what=one) for one in more),
        ),
    )


def _findings(release: Release, readable: Readable) -> tuple[list[str], list[str]]:
    """Return what the metadata of the file tells, and what it holds beside its rows."""
    if is_workbook(release.file):
        return [], workbook_findings(release.file)
    told = metadata_findings(release.file, release.source, readable.source)
    return told, page_findings(release.file)


def _played(
    tries: Iterable[tuple[_Try, Excess | None]], pairs: int, luck: float, *, turn: int
) -> list[_Result]:
    """Play, but nothing more once one game reached so much that no other matters.

    What a game reached before stands where no further pairs are left to play with.
    """
    found: list[_Result] = []
    for one, before in tries:
        excess = one.play(pairs, turn) or before
        if excess is not None:
            found.append((one, excess))
            if excess.low > OBVIOUS and _is_beyond(excess, luck):
                break
    return found


def _answer(
    first: list[_Result], left: list[_Result], luck: float, limit: float
) -> _Result | tuple[None, None]:
    """Return the game that says how far an attacker comes."""
    if not first:
        return None, None
    findings = [one for one in left if _is_beyond(one[1], luck)]
    bounds = [one for one in first if one[0].measures] or first
    # What may be luck is nothing that was reached for sure.
    lucky = [
        (game, excess if _is_beyond(excess, luck) else replace(excess, low=0.0))
        for game, excess in bounds
    ]
    return max(findings + lucky, key=lambda one: gravity(one[1], limit))


def _is_beyond(excess: Excess, quantile: float) -> bool:
    """Return whether chance alone, with this quantile of the normal distribution, reaches less."""
    pooled = (excess.rate + excess.control) / 2
    error = sqrt(2 * pooled * (1 - pooled) / excess.trials)
    return excess.rate - excess.control > quantile * error


def _reached(result: _Result) -> tuple[float, float]:
    excess = result[1]
    return excess.low, excess.value


def _tries(release: Release, readable: Readable, random: np.random.Generator) -> Iterator[_Try]:
    meanings = list(readable.meanings.values())
    read = [one for one in meanings if len(one.climbed)]
    rows, released = readable.source_rows, readable.released_rows
    pairing = Pairing(read, meanings, rows, released, max(rows, released)).sharpest_first(random)
    # A workbook has no groups of rows.
    file = release.released if is_workbook(release.file) else release.file
    neighbours = find_neighbours(read, file, random)
    seen = visible(readable)
    parts = list(open_parts(seen, rows, read, OPEN_PARTS, FEWEST_ROWS))

    @lru_cache(maxsize=ORDERS_AT_ONCE)
    def made(plan: Plan) -> Order:
        return plan.make()

    for plan in orders_of(readable, seen):
        yield from _games("the source", plan, pairing, made, random)
        for pairs in neighbours:
            play = _neighbourly(pairs, plan, made, random)
            yield _Try("the source", plan.name, pairs.name, measures=False, play=play)
        for part in parts if plan.has_parts else ():
            within = pairing.of_part(*part.rows)
            yield from _games("the source", plan, within, made, random, part)
    for number, earlier in enumerate(release.earlier, start=1):
        against = f"earlier release {number}"
        before = _earlier(release, readable, earlier)
        shared = [
            SameLabels(labels.codes, readable.released[name].codes)
            for name, labels in before.released.items()
            if name in readable.released
        ]
        known = pair_releases(before.meanings, readable.meanings)
        pairing = Pairing(known, shared, before.released_rows, released, rows)
        for plan in orders_of_releases(before, readable):
            yield from _games(against, plan, pairing.sharpest_first(random), made, random)


def _earlier(release: Release, readable: Readable, earlier: Earlier) -> Readable:
    # Against the same source, so that labels of both stand for the same values.
    before = replace(release, released=earlier.released, written=None, policy=None, earlier=())
    return read_release(before, readable.source)


def _games(
    against: str,
    plan: Plan,
    pairing: Pairing,
    made: _Made,
    random: np.random.Generator,
    part: Part | None = None,
) -> Iterator[_Try]:
    games: list[Game] = [Mapped(pairing, 0)]
    if pairing.relations:
        widest = pairing.first_rows // SHARE_OF_ROWS
        radii = {0, min(widest, RADII[-1]), *(one for one in RADII if one <= widest)}
        games += [Shifted(pairing, 0), *(Nearby(pairing, one) for one in sorted(radii))]
    if part is None and plan.is_written:
        games += [Progression(pairing, 0), *(Segments(pairing, 0, one) for one in PARTS)]
    name = plan.name if part is None else f"{plan.name}, within a part that is openly sorted"
    for game in games:
        play = _plays(game, plan, part, made, random)
        yield _Try(against, name, game.name, game.measures, play)


def _plays(
    game: Game, plan: Plan, part: Part | None, made: _Made, random: np.random.Generator
) -> Callable[[int, int], Excess | None]:
    def play(pairs: int, turn: int) -> Excess | None:
        if turn and not game.grows:
            return None
        order = made(plan)
        return game.play(order if part is None else part.within(order), pairs, random)

    return play


def _neighbourly(
    pairs: Neighbours, plan: Plan, made: _Made, random: np.random.Generator
) -> Callable[[int, int], Excess | None]:
    return lambda _, turn: pairs.play(made(plan), PARTS_OF_PAIRS[turn], random)


ATTACKER = Attacker(
    name=NAME,
    play=position,
    doing=mark_text("Looking at the order of the rows"),
    knows=mark_text("the original table, in its order or sorted by any column"),
    reasons=(METADATA_TELLS, HOLDS_MORE),
    remedy=Remedy.SHUFFLE,
)
