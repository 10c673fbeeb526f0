"""The untouched proposal for an invented table is accepted, runs, and releases nobody's number.

Kinds, forms, headers, empty cells and lengths are drawn by a seed: a few tables in every run of the
tests, two hundred in the campaign.
"""

from __future__ import annotations

import random
from pathlib import Path

import polars as pl
import pytest

from benchmarks.labelled import PERSONAL, TRAPS, labelled_table, with_meaningless_headers
from desensitize.crypto import KeyRing
from desensitize.detectors import classify_table
from desensitize.engines import run_policy
from desensitize.policy import Policy
from desensitize.profile import profile_table
from desensitize.risk import Finding, confirm, full_scan, measure
from marketplace.preparation.column.models import ColumnFinding
from marketplace.preparation.policy.checking import checked_policy
from marketplace.preparation.policy.proposals import proposed_policy
from marketplace.preparation.policy.relabelling import taken_roles
from tests.desensitize.test_hidden_identifiers import HIDDEN

KEYS = KeyRing(bytes(range(32)), dataset="invented")
FEW, ALL = range(6), range(200)


def invented(seed: int) -> pl.DataFrame:
    """Invent a table of people and things, with a column that says nothing of anybody."""
    source = random.Random(seed)
    rows = source.choice((5, 20, 60, 200, 400))
    names = source.sample(sorted({*PERSONAL, *TRAPS}), source.randrange(2, 11))
    table, labels = labelled_table(
        names,
        rows=rows,
        seed=seed,
        nulls=source.choice((0.0, 0.0, 0.1, 0.5)),
        as_text=source.random() < 0.2,
    )
    if source.random() < 0.5:
        table, _labels = with_meaningless_headers(table, labels, seed=seed)
    hidden = [
        pl.Series(f"h{place}", [HIDDEN[form][1](source) for _ in range(rows)])
        for place, form in enumerate(source.sample(sorted(HIDDEN), source.randrange(3)))
    ]
    wages = pl.Series("x", [source.randrange(2000, 9000) for _ in range(rows)])
    line = pl.Series("line", [row % 2 for row in range(rows)])
    return table.with_columns(*hidden, wages, line)


def proposal_for(path: Path) -> tuple[Policy, list[ColumnFinding]]:
    """Return what the centre proposes for a table, as an officer would confirm it."""
    found = confirm(path, classify_table(path, profile_table(path)))
    findings = [
        ColumnFinding(
            name=one.name,
            role=one.role,
            kind=one.kind or "",
            confidence=one.confidence,
            evidence_code=one.evidence_code,
            evidence_parameters=dict(one.evidence_parameters),
        )
        for one in found
    ]
    document = proposed_policy(findings).to_dict()
    checked = checked_policy(document, findings)
    assert checked.to_dict() == document
    # What is proposed takes nothing for less than was found.
    assert taken_roles(checked, findings) == []
    return checked, findings


def released(seed: int, folder: Path) -> tuple[Policy, tuple[Finding, ...]]:
    """Do what is proposed for a table; return the policy and what stands in the result."""
    path, target = folder / f"{seed}.parquet", folder / f"{seed}-masked.parquet"
    invented(seed).write_parquet(path)
    policy, findings = proposal_for(path)
    made = run_policy(path, target, policy, keys=KEYS, work=folder)
    figures = measure(target, quasi_identifiers=policy.released_quasi_identifiers)
    assert figures.rows == made.rows_written
    if policy.released_quasi_identifiers:
        assert figures.smallest_class >= policy.smallest_class or not figures.rows
    clear = {rule.name for rule in policy.columns if rule.mask == "keep"}
    direct = {finding.name for finding in findings if finding.role == "direct"}
    assert not clear & direct
    return policy, full_scan(target, pseudonyms=policy.pseudonyms)


@pytest.mark.parametrize("seed", FEW)
def test_the_proposal_for_an_invented_table_runs(seed: int, tmp_path: Path) -> None:
    _policy, found = released(seed, tmp_path)
    assert found == ()


@pytest.mark.campaign
@pytest.mark.parametrize("seed", ALL)
def test_the_proposal_for_two_hundred_invented_tables_runs(seed: int, tmp_path: Path) -> None:
    _policy, found = released(seed, tmp_path)
    assert found == ()
