"""What in a release is personal: declared by whoever prepared it, or found by detectors."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import polars as pl

from desensitize.attacks.contract import Release
from desensitize.attacks.origins import folded_name
from desensitize.detectors import BY_VALUES, Looked, Proposal
from desensitize.risk import confirm

SENSITIVE_KINDS = frozenset({"RELIGION", "DIAGNOSIS", "BLOOD_TYPE", "BANK_CARD", "IBAN"})
"""Kinds of sensitive personal information, GB/T 45574-2025, annex A: belief, health, accounts."""
MERELY_SENSITIVE = frozenset(
    {
        "收入", "工资", "薪", "资产", "存款", "贷款", "低保", "余额", "监护人",
        "balance", "guardian", "income", "salary", "salary class", "wage", "wages", "capital gain",
        "capital loss", "deposit", "loan", "shouru", "gongzi",
    }
)  # fmt: skip
"""Words of headers that make a column sensitive, but do not by themselves stand in that annex."""

OTHER_NAMES, LEAST_NAMES = 0.5, 5
"""A column of so many of the different values of a source, and no fewer, has a name for each."""


@dataclass(frozen=True)
class Personal:
    """Hold what is personal: whether anything was `declared`, and what was found by columns.

    By columns in `finding` somebody is found; `sensitive` are the columns of sensitive personal
    information (GB/T 45574-2025). What a second person cleared stays out of `found` alone: where
    anything else is personal, attackers still take it for what it looks like.
    """

    declared: bool
    found: tuple[str, ...]
    finding: tuple[str, ...]
    sensitive: tuple[str, ...]

    @property
    def is_nothing(self) -> bool:
        """Return whether nothing was declared and nothing found."""
        return not self.declared and not self.found

    def beside(self, release: Release) -> "Personal":
        """Return the same of a release of the same tables of which more is declared."""
        return replace(self, declared=_is_declared(release))


def seen_in(path: Path, looked: Looked | None = None) -> tuple[Proposal, ...]:
    """Look at every cell of a table, and return what detectors take its columns for.

    `looked` is the sample of its columns, where it was taken.

    Raises:
        TableError: `unreadable-table`.
    """
    looked = looked or Looked.at(path)
    return confirm(path, looked.proposals(), looked=looked)


def personal_in(
    release: Release,
    *,
    source: Sequence[Proposal] | None = None,
    released: Sequence[Proposal] | None = None,
    looked: Looked | None = None,
) -> Personal:
    """Look at every cell of the source and of the release for what is personal.

    `source` is what was seen in the source and `released` what was seen in the release, where that
    is known, `looked` the sample of the columns of the release, where it was taken.

    Raises:
        TableError: `unreadable-table`.
    """
    before = seen_in(release.source) if source is None else source
    seen = [*before, *(seen_in(release.released, looked) if released is None else released)]
    return Personal(
        declared=_is_declared(release),
        found=_names(one for one in seen if one.role != "other" and not _is_cleared(one, release)),
        finding=_names(one for one in seen if one.role in ("direct", "quasi")),
        sensitive=_names(one for one in seen if _is_sensitive_personal(one)),
    )


def identifying_in(
    release: Release, source: Sequence[Proposal], released: Sequence[Proposal]
) -> tuple[str, ...]:
    """Name the released columns by which a person is known, however many rows each person has.

    Those are columns in whose cells detectors see what identifies, and columns of the source in
    which they do where the release has another name for each value, or for most: a pseudonym.
    """
    if release.is_synthetic:
        return ()
    shown = {folded_name(one.name): one.name for one in released}
    names = [one.name for one in released if _is_identifier(one)]
    for one in source:
        name = shown.get(folded_name(one.name))
        if name is None or name in names or not _is_identifier(one):
            continue
        before = _different(release.source, one.name)
        if _different(release.released, name) >= max(LEAST_NAMES, OTHER_NAMES * before):
            names.append(name)
    return tuple(names)


def _different(path: Path, column: str) -> int:
    cells = pl.scan_parquet(path).select(pl.col(column).drop_nulls().n_unique())
    return int(cells.collect().item())


def _is_identifier(one: Proposal) -> bool:
    return one.role == "direct" and one.evidence_code in BY_VALUES


def _is_cleared(one: Proposal, release: Release) -> bool:
    """Return whether a column is none of a person by decision; nobody decides numbers away."""
    return one.name in release.cleared and not _is_identifier(one)


def _is_declared(release: Release) -> bool:
    named = (*release.quasi_identifiers, *release.sensitive)
    rules = release.policy.columns if release.policy is not None else ()
    return bool(named) or release.person is not None or any(one.role != "other" for one in rules)


def _is_sensitive_personal(one: Proposal) -> bool:
    if one.kind in SENSITIVE_KINDS:
        return True
    word = one.evidence_parameters.get("word")
    return one.role == "sensitive" and word is not None and word not in MERELY_SENSITIVE


def _names(proposals: Iterable[Proposal]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one.name for one in proposals))
