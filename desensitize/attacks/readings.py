"""Read labels as somebody would who knows the source and the masks that are usual."""

import numpy as np
import polars as pl

from desensitize.attacks.intervals import read_bounds, read_periods
from desensitize.attacks.partials import read_cut, read_folded, read_partial
from desensitize.attacks.perturbed import PERTURBED
from desensitize.attacks.readers import ANYTHING, MOSTLY, Match, Reading
from desensitize.attacks.values import Booleans, Integers
from desensitize.masks import MASKS
from desensitize.policy import ColumnRule
from desensitize.privacy.hierarchy import Hierarchy

HIDDEN = r"(?i)^([*＊•●■█✱]+|\[?(suppressed|redacted|masked|hidden|removed)\]?|已脱敏|已隐藏|保密)$"
STEPS = tuple(sorted((d * 10.0**e for d in (1, 2, 2.5, 5) for e in range(-6, 10)), reverse=True))
MUTE = ("redact", "constant", "drop")


def read_labels(reading: Reading, rule: ColumnRule | None, hierarchy: Hierarchy | None) -> None:
    """Read the labels of a column: its rule and hierarchy tell first, then their form.

    Raises:
        DesensitizeError: `bad-hierarchy`.
    """
    _read_hidden(reading)
    if rule is not None and rule.mask in MUTE:
        reading.anything(reading.unread())
    elif rule is not None and MASKS[rule.mask].description.pseudonymous:
        if not _read_counts(reading):
            reading.anything(reading.unread())
    elif rule is not None and rule.mask in PERTURBED:
        PERTURBED[rule.mask](reading, rule.make_mask())
    else:
        _read_forms(reading, hierarchy or _own_hierarchy(rule))


def _own_hierarchy(rule: ColumnRule | None) -> Hierarchy | None:
    if rule is None or rule.mask not in ("hierarchy", "generalize"):
        return None
    rows = rule.make_mask().options.table("hierarchy")
    return None if rows is None else Hierarchy.checked(rule.name, rows)


def _read_forms(reading: Reading, hierarchy: Hierarchy | None) -> None:
    if hierarchy is not None:
        _read_hierarchy(reading, hierarchy)
    for read in (
        _read_exact,
        read_bounds,
        read_periods,
        read_folded,
        read_partial,
        _read_rounded,
        read_cut,
        _read_rest,
    ):
        if not len(reading.unread()):
            return
        read(reading)
    _read_few(reading)
    _guess(reading)


def _read_few(reading: Reading) -> None:
    """Read all labels as other names of values where little was read otherwise."""
    unread = reading.unread()
    meant = reading.level != ANYTHING
    rows = reading.released.counts
    if rows[unread].sum() > rows[meant].sum() / 2:
        # So little fits that what does may do so by chance: another name for each value, perhaps.
        reading.forget()
        if reading.is_numeric() and np.isfinite(reading.label_numbers[unread]).all():
            # Numbers that were changed in an unknown way are no names.
            return
        if not _read_counts(reading) and len(unread) == 1:
            reading.anything(unread)


def _guess(reading: Reading) -> None:
    """Read as a value what is one and stands in more rows than it did, as rows that were repeated.

    It is no more than likely: somebody may be found so, but that nobody is shows nothing.
    """
    unread = reading.unread()
    if not len(unread):
        return
    match = _exact(reading, unread)
    rows = reading.released.counts[unread]
    if rows[match.found].sum() >= MOSTLY * rows.sum():
        match.accept()
        reading.guessed[unread[match.found]] = True


def _read_hidden(reading: Reading) -> None:
    texts = reading.released.texts
    hidden = texts.str.contains(HIDDEN).fill_null(False)
    reading.anything(np.flatnonzero(hidden.to_numpy()))
    missing = np.flatnonzero(texts.is_null().to_numpy())
    none = reading.source.texts.is_null().to_numpy()
    # More empty cells than the source has are values that a mask took away.
    if reading.released.counts[missing].sum() > reading.source.counts[none].sum():
        reading.anything(missing)
    elif len(missing):
        reading.put(missing, np.zeros(1, np.int32), np.where(none, 0, -1).astype(np.int32))


def _read_hierarchy(reading: Reading, hierarchy: Hierarchy) -> None:
    top: dict[str, int] = {}
    under: dict[str, set[int]] = {}
    for number, row in enumerate(hierarchy.rows):
        for level, label in enumerate(row):
            top[label] = max(level, top.get(label, 0))
            under.setdefault(label, set()).add(number)
    leaves = [row[0] for row in hierarchy.rows]
    unread = reading.unread()
    present = dict(zip(reading.labels(unread).to_list(), unread.tolist(), strict=True))
    for level in range(hierarchy.levels - 1, 0, -1):
        at = {row[level] for row in hierarchy.rows}
        here = {one for one in present if one in at and top[one] == level}
        whole = (
            {
                one
                for one in here
                if len(under[one]) == sum(row[level] == one for row in hierarchy.rows)
            }
            if len(here) * len(leaves) < 10**7
            else here
        )
        lifted = reading.source.texts.replace_strict(
            leaves, [row[level] for row in hierarchy.rows], default=None, return_dtype=pl.String
        )
        reading.by_text(lifted, np.array([present[one] for one in whole], dtype=np.int64)).accept()
        for label in here - whole:
            # One label at several levels stands for what is under all of them.
            rows = [leaves[number] for number in under[label]]
            belongs = reading.source.texts.is_in(rows).fill_null(False).to_numpy()
            place = np.array([present[label]], dtype=np.int64)
            reading.put(place, np.zeros(1, np.int32), np.where(belongs, 0, -1).astype(np.int32))


def _exact(reading: Reading, unread: Integers) -> Match:
    match = reading.by_text(reading.source.texts, unread)
    if not match.found.all() and reading.is_numeric():
        # 39, 39.0 and a decimal 39.00 are one number.
        match = reading.by_text(
            _as_texts(reading.numbers), unread, _as_texts(reading.label_numbers[unread])
        )
    return match


def _read_exact(reading: Reading) -> None:
    unread = reading.unread()
    match = _exact(reading, unread)
    over = match.found & match.too_many
    numbers = reading.label_numbers[unread]
    finite = np.isfinite(numbers)
    if reading.is_numeric() and finite.all():
        ends = np.isin(numbers, (numbers.min(), numbers.max()))
        cut = over | ~match.found
        if cut.any() and not (cut & ~ends).any() and not ends.all():
            # Only the ends stand in too many rows: they were put for all beyond.
            match.accept(~over)
            at = numbers[cut]
            low = np.where(at == numbers.min(), -np.inf, at)
            high = np.where(at == numbers.max(), np.inf, at)
            reading.by_interval(unread[cut], low, high, reading.numbers)
            return
        if cut.any():
            # Some of them are no values: they may be rounded.
            return
    if not over.any():
        match.accept()


def _read_rest(reading: Reading) -> None:
    """Read as values what is one, after all else: a strange cell does not hide the others."""
    match = _exact(reading, reading.unread())
    match.accept(~match.too_many)


def _as_texts(numbers: np.ndarray[tuple[int], np.dtype[np.float64]]) -> pl.Series:
    return pl.Series(numbers + 0.0, nan_to_null=True).cast(pl.String)


def _read_rounded(reading: Reading) -> None:
    unread = reading.unread()
    numbers = reading.label_numbers[unread]
    if not reading.is_numeric() or not np.isfinite(numbers).all():
        return
    step = next((one for one in STEPS if _multiples(numbers, one).all()), None)
    known = reading.numbers[np.isfinite(reading.numbers)]
    if step is None or _multiples(known, step).all():
        return
    for below, above in ((0.5, 0.5), (0.0, 1.0), (1.0, 0.0), (1.0, 1.0)):
        trial = Reading(reading.source, reading.released, is_drawn=reading.is_drawn)
        trial.by_interval(
            unread,
            numbers - below * step,
            numbers + above * step,
            reading.numbers,
            open_low=below == 1,
            open_high=above == 1,
        )
        if not len(np.setdiff1d(unread, np.flatnonzero(trial.level >= 0))) and _served(trial):
            for level, climbed in enumerate(trial.climbed):
                here = np.flatnonzero(trial.level == level)
                reading.put(here, trial.key[here], climbed)
            return


def _served(trial: Reading) -> bool:
    """Return whether each label has as many rows of the source as it stands in."""
    for level, climbed in enumerate(trial.climbed):
        here = np.flatnonzero(trial.level == level)
        size = int(max(climbed.max(), trial.key[here].max())) + 1
        known = climbed >= 0
        rows = np.bincount(climbed[known], trial.source.counts[known], minlength=size)
        asked = np.bincount(trial.key[here], trial.released.counts[here], minlength=size)
        if np.any(asked > rows):
            return False
    return True


def _multiples(numbers: np.ndarray[tuple[int], np.dtype[np.float64]], step: float) -> Booleans:
    parts = numbers / step
    answer: Booleans = np.abs(parts - np.round(parts)) <= 1e-9 * np.maximum(1, np.abs(parts))
    return answer


def _read_counts(reading: Reading) -> bool:
    """Read labels as other names of values: of which it can be, how often it stands tells.

    With d rows left out a label in c rows can be the name of a value in c to c + d rows. Counts
    that such spans join cannot be told apart.
    """
    unread = reading.unread()
    asked, missing = reading.released.counts[unread], reading.left_out()
    present = reading.source.texts.is_not_null().to_numpy()
    if not len(unread) or reading.released.rows > reading.source.rows:
        return False
    starts = np.unique(asked)
    breaks = np.flatnonzero(starts[1:] > starts[:-1] + missing) + 1
    first = np.concatenate([starts[:1], starts[breaks]])
    last = np.concatenate([starts[breaks - 1], starts[-1:]]) + missing
    group = np.searchsorted(first, reading.source.counts, "right") - 1
    inside = present & (group >= 0) & (reading.source.counts <= last[np.maximum(group, 0)])
    labels = np.searchsorted(first, asked, "right") - 1
    values = np.bincount(group[inside], minlength=len(first))
    if np.any(np.bincount(labels, minlength=len(first)) > values):
        return False
    climbed = np.where(inside, group, -1).astype(np.int32)
    reading.put(unread, labels.astype(np.int32), climbed)
    return True
