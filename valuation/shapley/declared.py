"""Reading a game from the fields of an input."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from valuation.errors import ValuationError
from valuation.inputs import Fields
from valuation.lists import names
from valuation.shapley.games import Game, coverage_game, overlap_game, quota_game, table_game

FORMS: Final = ("v", "covers", "alone", "quota")
FIELDS: Final = ("players", *FORMS, "item_values", "unit_value", "overlaps", "weights")
MOST_PLAYERS: Final = 200


@dataclass(frozen=True)
class Declared:
    """Players in their order with the game that they play."""

    players: tuple[str, ...]
    game: Game
    pieces: int = 1
    """What one look at a coalition costs beside its players: pairs that overlap, kinds of items."""


def game_from(fields: Fields) -> Declared:
    """Read `v`, `covers`, `alone` with `overlaps`, or `quota` with `weights`.

    Raises:
        ValuationError: no game is told (`game-missing`), or it names who is no player.
    """
    form = next((name for name in FORMS if fields.has(name)), None)
    if form is None:
        raise ValuationError("game-missing", forms=", ".join(FORMS))
    held = fields.fields("weights" if form == "quota" else form, "Give it by player.")
    if fields.has("players"):
        players = names(fields, "players", "Name the players.", most=MOST_PLAYERS)
    elif form == "v":
        players = tuple(dict.fromkeys(part for key in held.given for part in _parts(key)))
    else:
        players = tuple(held.given)
    if not 1 <= len(players) <= MOST_PLAYERS:
        raise ValuationError(
            "too-many-items", field="players", given=len(players), most=MOST_PLAYERS
        )
    if form == "v":
        return Declared(players, _table(held, players))
    held.refuse_others(*players)
    advice = "Give it for every player."
    if form == "covers":
        covers = [names(held, player, advice, most=100_000) for player in players]
        items = len({item for held_items in covers for item in held_items})
        return Declared(players, _coverage(fields, covers), items // 100)
    numbers = [held.non_negative(player, advice) for player in players]
    if form == "quota":
        return Declared(players, quota_game(numbers, fields.positive("quota", "Give a quota.")))
    overlaps = _overlaps(fields, players)
    return Declared(players, overlap_game(numbers, overlaps), len(overlaps))


def _parts(key: str) -> list[str]:
    return [part.strip() for part in key.split("+") if part.strip()]


def _coalition(held: Fields, key: str, players: tuple[str, ...]) -> frozenset[str]:
    members = _parts(key)
    Fields(dict.fromkeys(members), held.path).refuse_others(*players)
    if len(set(members)) != len(members):
        raise ValuationError("item-twice", name=key, field=held.path)
    return frozenset(members)


def _table(held: Fields, players: tuple[str, ...]) -> Game:
    worths: dict[frozenset[str], Fraction] = {}
    for key in held.given:
        coalition = _coalition(held, key, players)
        if coalition in worths:
            raise ValuationError("item-twice", name=key, field=held.path)
        worths[coalition] = held.number(key, "Give what this coalition is worth.")
    return table_game(worths, players)


def _coverage(fields: Fields, covers: list[tuple[str, ...]]) -> Game:
    unit = Fraction(1)
    if fields.has("unit_value"):
        unit = fields.non_negative("unit_value", "Give what one item is worth.")
    values = {}
    if fields.has("item_values"):
        held = fields.fields("item_values", "Give values by item.")
        values = {item: held.non_negative(item, "Give its value.") for item in held.given}
    return coverage_game(covers, values, unit)


def _overlaps(fields: Fields, players: tuple[str, ...]) -> dict[tuple[int, int], Fraction]:
    if not fields.has("overlaps"):
        return {}
    held = fields.fields("overlaps", "Give what pairs have twice, such as a+b.")
    found: dict[tuple[int, int], Fraction] = {}
    for key in held.given:
        pair = sorted(players.index(name) for name in _coalition(held, key, players))
        if len(pair) != 2 or (pair[0], pair[1]) in found:
            raise ValuationError("item-twice", name=key, field=held.path)
        found[pair[0], pair[1]] = held.non_negative(key, "Give what both have.")
    return found
