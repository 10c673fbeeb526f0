"""Single out: who knows some columns of a person looks for a row that fits nobody else."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

import polars as pl

from desensitize.attacks.codes import Coded, coded
from desensitize.attacks.contract import Attack, Attacker, Release, Told
from desensitize.attacks.excess import Share, gravity, weigh
from desensitize.attacks.inference import perturbed
from desensitize.attacks.limits import Limits
from desensitize.attacks.persons import (
    COPIED_VALUES,
    KEY_SHARE,
    OTHER_VALUES,
    SINGLING_OUT,
    UNDRAWN_SETS,
    Game,
    guess_persons,
)
from desensitize.attacks.reasons import Reason, Why, listed
from desensitize.attacks.sets import MINIMAL, Search, search_sets
from desensitize.errors import DesensitizeError, TableError, nearest
from desensitize.words import mark_plural, mark_text

NAME = SINGLING_OUT
SMALL_CLASSES = Why(
    "small_classes",
    "{rows} rows are in groups of fewer than {k} by the quasi-identifiers {columns}.",
    mark_text("%(rows)s rows are in groups of fewer than %(k)s that look the same in %(columns)s."),
)
SMALL_SETS = Why(
    "small_sets",
    (
        "Whoever knows {columns} finds {rows} rows in groups of fewer than {k}; in all, "
        "{failing} of {tried} sets of at most {known} columns leave such groups."
    ),
    mark_text(
        "Whoever knows %(columns)s of a person is left with fewer than %(k)s rows in %(rows)s "
        "cases. %(failing)s of %(tried)s combinations of columns do so."
    ),
)
UNIQUE_ROWS = Why(
    "unique_rows",
    (
        "{share:.1%} of the rows are unique by all columns {left_out}; at most {limit:.1%} are "
        "allowed."
    ),
    mark_text(
        "%(share)s of the rows are unlike all others in all columns %(left_out)s; %(limit)s is "
        "allowed."
    ),
)
ROWS_BELOW_K = Why(
    "rows_below_k",
    (
        "{share:.1%} of the rows are in groups of fewer than {k} by all columns {left_out}; at "
        "most {limit:.1%} are allowed."
    ),
    mark_text(
        "%(share)s of the rows have fewer than %(k)s that look the same in all columns "
        "%(left_out)s; %(limit)s is allowed."
    ),
)
RECORD_KEY = Why(
    "record_key",
    "“{column}” has a value of its own in {share:.1%} of the rows and names each row like a key.",
    mark_text(
        "%(column)s has a value of its own in %(share)s of the rows, and names each row as a "
        "number would."
    ),
)
PERSON_RELEASED = Why(
    "person_released",
    "“{column}”, which tells persons apart, is part of the release.",
    mark_text("%(column)s, which tells persons apart, is part of the release."),
)
NOTHING_KNOWN = Why(
    "nothing_known",
    mark_text("No column is left by which somebody could be known."),
)
UNTRIED_SETS = Why(
    "untried_sets",
    (
        "{left} of {total} sets of at most {known} columns, which hold one or more of {columns}, "
        "were not tried."
    ),
    mark_text(
        "%(left)s of %(total)s combinations of up to %(known)s columns were too many to try. "
        "Each of them has one of these: %(columns)s"
    ),
)
ROWS_OF_ONE_PERSON = Why(
    "rows_of_one_person",
    (
        "A person has up to {most} rows, and groups of fewer than {rows} rows by some of "
        "{columns} may be of fewer than {k} persons: the release does not say whose the rows are."
    ),
    mark_text(
        "One person has up to %(most)s rows, so that fewer than %(rows)s rows that look the same "
        "may be those of fewer than %(k)s people. It concerns some of these: %(columns)s"
    ),
)


def singling_out(
    release: Release,
    /,
    *,
    limit: float,
    limits: Limits | None = None,
    held: Sequence[str] = (),
    most_sets: int | None = None,
    game: Game | None = None,
) -> Attack:
    """Count the rows of a release that some of its columns tell from all others, whatever roles.

    Every set of at most `release.known` columns must leave each row among k alike, k^m-anonymity
    (Terrovitis, Mamoulis & Kalnis, PVLDB 1, 2008), and so must the quasi-identifiers together;
    all columns together may single out a share of the rows. `held` names sensitive columns that
    the inference attacker cannot make certain: nobody is taken to know them beforehand, but one
    that is as good as a key is not let through. The rate is the share of rows that at least one set
    singles out; whoever guesses names one of the rows.

    Rows that were drawn anew belong to nobody, and their counts say nothing: there persons of the
    source are guessed. So they are where a `game` asks for it, beside the counts, and where the
    policy has values changed in some columns: by these nothing is counted.

    Raises:
        DesensitizeError: `unknown-column`.
        TableError: `unreadable-table`, `no-rows`, `nested-column`.
    """
    if release.is_synthetic:
        return guess_persons(release, limit=limit, game=game, most_sets=most_sets)
    limits = limits or Limits()
    table = coded(release.released)
    changed = perturbed(release)
    judged = tuple(name for name in table.columns if name not in held and name not in changed)
    found = search_sets(table, judged, k=limits.k, known=release.known, most_sets=most_sets)
    breaks = (
        *_persons_released(release, table),
        *_keys(table, changed),
        *_small_groups(release, table, found),
        *_all_columns(table, judged, limits),
    )
    not_tried = tuple(_not_tried(release, table, found, limits)) if not breaks else ()
    counted = Attack(
        name=NAME,
        knows=f"the exact values of any {release.known} released columns of a person",
        excess=weigh(Share.exactly(found.unique_rows / table.rows), Share.exactly(1 / table.rows)),
        limit=limit,
        worst=_worst(found),
        not_tried=not_tried,
        breaks=breaks,
        figures=_figures(table, judged, found, limits),
    )
    if game is not None:
        return _beside(guess_persons(release, limit=limit, game=game), counted)
    if not changed.intersection(table.columns):
        return counted
    return _worse(counted, guess_persons(release, limit=limit, most_sets=most_sets))


def _beside(guessed: Attack, counted: Attack) -> Attack:
    """Return what was guessed, with what the counts say against the release."""
    return replace(
        guessed,
        not_tried=(*counted.not_tried, *guessed.not_tried),
        breaks=(*counted.breaks, *guessed.breaks),
        figures={**counted.figures, **guessed.figures},
    )


def _worse(counted: Attack, guessed: Attack) -> Attack:
    """Return the attack that reached more, with what stands against the release in either."""
    pairs = [(gravity(one.excess, one.limit), one) for one in (counted, guessed) if one.excess]
    worst = max(pairs, key=lambda pair: pair[0])[1]
    return _beside(
        replace(worst, not_tried=guessed.not_tried, breaks=guessed.breaks, figures=guessed.figures),
        counted,
    )


def _persons_released(release: Release, table: Coded) -> Iterator[Reason]:
    if release.person in table.columns:
        yield PERSON_RELEASED(column=release.person)


def _keys(table: Coded, changed: Collection[str]) -> Iterator[Reason]:
    for name in table.columns if table.rows > 1 else ():
        if name in changed:
            continue
        share = float(table.weights[table.sizes([name]) == 1].sum()) / table.rows
        if share >= KEY_SHARE:
            yield RECORD_KEY(column=name, share=share)


def _small_groups(release: Release, table: Coded, found: Search) -> Iterator[Reason]:
    quasi = [name for name in release.quasi_identifiers if name in table.columns]
    rows = _rows_below(table, quasi, found.k) if quasi else 0
    if rows:
        yield SMALL_CLASSES(rows=rows, k=found.k, columns=listed(quasi))
    if found.worst is not None:
        yield SMALL_SETS(
            columns=listed(found.worst.columns),
            rows=found.worst.rows_below,
            k=found.k,
            failing=len(found.sets),
            tried=found.tried,
            known=release.known,
        )


def _all_columns(table: Coded, judged: Sequence[str], limits: Limits) -> Iterator[Reason]:
    unique, below = _shares(table, judged, limits.k)
    left_out = [name for name in table.columns if name not in judged]
    beside = f"but {listed(left_out)}" if left_out else "together"
    if unique > limits.unique:
        yield UNIQUE_ROWS(share=unique, limit=limits.unique, left_out=beside)
    if below > limits.below_k:
        yield ROWS_BELOW_K(share=below, limit=limits.below_k, k=limits.k, left_out=beside)


def _not_tried(release: Release, table: Coded, found: Search, limits: Limits) -> Iterator[Reason]:
    if not found.columns:
        yield NOTHING_KNOWN()
    if found.tried < found.total:
        left = {"left": found.total - found.tried, "total": found.total, "known": found.known}
        yield UNTRIED_SETS(**left, columns=listed(found.untried))
    most = _most_rows_of_a_person(release)
    if most == 1:
        return
    # So many rows are of k persons whoever they are of.
    least = (limits.k - 1) * most + 1
    quasi = [name for name in release.quasi_identifiers if name in table.columns]
    judged = sorted({name for one in (found.columns, quasi) for name in one})
    holds = not search_sets(table, found.columns, k=least, known=release.known).sets
    if not holds or (quasi and _rows_below(table, quasi, least)):
        told = {"most": most, "rows": least, "columns": listed(judged), "k": limits.k}
        yield ROWS_OF_ONE_PERSON(**told)


def _most_rows_of_a_person(release: Release) -> int:
    """Return the most rows that one person has in the source."""
    if release.person is None:
        return 1
    try:
        names = pl.read_parquet_schema(release.source)
        if release.person not in names:
            raise DesensitizeError(
                "unknown-column", column=release.person, nearest=nearest(release.person, names)
            )
        persons = pl.scan_parquet(release.source).select(pl.col(release.person).drop_nulls())
        counted = persons.group_by(release.person).len().select(pl.col("len").max()).collect()
    except (pl.exceptions.PolarsError, OSError) as error:
        raise TableError("unreadable-table") from error
    return int(counted.item() or 1)


def _worst(found: Search) -> dict[str, Any]:
    worst = found.worst
    if worst is None:
        return {}
    return {
        "columns": list(worst.columns),
        "unique_rows": worst.unique_rows,
        "rows_below_k": worst.rows_below,
    }


def _figures(
    table: Coded, judged: Sequence[str], found: Search, limits: Limits
) -> dict[str, float]:
    unique_all, below_all = _shares(table, table.columns, limits.k)
    unique, below = _shares(table, judged, limits.k)
    minimal = {
        f"rows_of_minimal_sets_of_{size}": found.minimal_rows[size]
        for size in range(1, MINIMAL + 1)
    }
    return {
        "unique_share_all_columns": unique_all,
        "share_below_k_all_columns": below_all,
        "unique_share_judged_columns": unique,
        "share_below_k_judged_columns": below,
        "share_below_k_known_columns": found.rows_below / table.rows,
        "sets": found.total,
        "sets_tried": found.tried,
        "sets_failing": len(found.sets),
        "minimal_unique_sets": found.minimal_sets,
        **minimal,
    }


def _shares(table: Coded, columns: Sequence[str], k: int) -> tuple[float, float]:
    """Return the shares of rows that are unique by the columns, and among fewer than k."""
    sizes = table.sizes(columns)
    unique, below = (int(table.weights[sizes < most].sum()) for most in (2, k))
    return unique / table.rows, below / table.rows


def _rows_below(table: Coded, columns: Sequence[str], k: int) -> int:
    return int(table.weights[table.sizes(columns) < k].sum())


def _tell_worst(worst: Mapping[str, Any]) -> Told | None:
    if "rows_below_k" not in worst:
        return None
    text = mark_plural(
        "%(columns)s: %(alone)s row stands alone, %(below)s are in groups that are too small.",
        "%(columns)s: %(alone)s rows stand alone, %(below)s are in groups that are too small.",
    )
    alone, below = int(worst["unique_rows"]), worst["rows_below_k"]
    return Told(text, {"columns": worst["columns"], "alone": alone, "below": below}, alone)


ATTACKER = Attacker(
    name=NAME,
    play=singling_out,
    doing=mark_text("Looking for a row that stands alone"),
    knows=mark_text("any few of the released columns of a person"),
    tell_worst=_tell_worst,
    reasons=(
        SMALL_CLASSES,
        SMALL_SETS,
        UNIQUE_ROWS,
        ROWS_BELOW_K,
        RECORD_KEY,
        COPIED_VALUES,
        PERSON_RELEASED,
        NOTHING_KNOWN,
        UNTRIED_SETS,
        UNDRAWN_SETS,
        ROWS_OF_ONE_PERSON,
        OTHER_VALUES,
    ),
    asks_others=True,
)
