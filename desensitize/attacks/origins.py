"""Which column of the source a released column comes from."""

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from desensitize.attacks.contract import Release
from desensitize.attacks.values import Values, column_names, encode_column, encode_columns
from desensitize.privacy.pairs import ENDS, JOINTS

LEAST_LABELS = 20
CONTAINED = 0.95


def find_origins(
    source: Mapping[str, Values], released: Mapping[str, Values]
) -> tuple[dict[str, str], dict[str, tuple[str, str]]]:
    """Return the origin of each released column, and of pairs that hold bounds their columns.

    Names decide, then names without case and separators, then values: a renamed column is found
    where nearly all its many values stand in one column of the source.
    """
    origins = {name: name for name in released if name in source}
    bounds: dict[str, tuple[str, str]] = {}
    for origin in source:
        for low, high in ((f"{origin}{j}{a}", f"{origin}{j}{b}") for j in JOINTS for a, b in ENDS):
            if origin not in bounds and low in released and high in released:
                bounds[origin] = (low, high)
    paired = {name for pair in bounds.values() for name in pair}
    folded = {folded_name(name): name for name in source}
    for name in released:
        if name in origins or name in paired:
            continue
        like = folded.get(folded_name(name)) or _by_values(source, released[name])
        if like is not None:
            origins[name] = like
    return {name: one for name, one in origins.items() if name not in paired}, bounds


def with_other_names(release: Release) -> Release:
    """Return the release with the roles of source columns also for what these are called in it.

    `Illness` or `illness ` is as sensitive as `illness`, and so is a column of another name whose
    many values are those of it.

    Raises:
        TableError: `unreadable-table`.
    """
    there = set(column_names(release.source))
    others = [name for name in column_names(release.released) if name not in there]
    if not others:
        return release
    labels = {name: encode_column(release.released, name) for name in others}
    origins, _ = find_origins(encode_columns(release.source), labels)

    def also(roles: tuple[str, ...]) -> tuple[str, ...]:
        called = [name for name, origin in origins.items() if origin in roles]
        return tuple(dict.fromkeys((*roles, *called)))

    return replace(
        release,
        quasi_identifiers=also(release.quasi_identifiers),
        sensitive=also(release.sensitive),
        changed=also(release.changed),
        # What tells persons apart does so under every name.
        identifying=tuple(
            dict.fromkeys(
                (*release.identifying, *(n for n, one in origins.items() if one == release.person))
            )
        ),
    )


def folded_name(name: str) -> str:
    """Return a name without case and separators."""
    return "".join(sign for sign in name.casefold() if sign.isalnum())


def _by_values(source: Mapping[str, Values], labels: Values) -> str | None:
    if labels.different < LEAST_LABELS:
        return None
    texts = labels.texts.drop_nulls()
    if len(texts) < LEAST_LABELS:
        return None
    best, found = CONTAINED, None
    for name, values in source.items():
        if values.different < len(texts) * CONTAINED:
            continue
        share = float(np.mean(texts.is_in(values.texts.drop_nulls().implode()).to_numpy()))
        if share > best:
            best, found = share, name
    return found
