"""Invented tables go through the whole preparation as proposed, and end in a verdict with reasons.

A verdict of `anonymous` is held against counts that DuckDB makes of the written file. A few tables
in every run of the tests, two hundred in the campaign.
"""

from __future__ import annotations

import random
from itertools import combinations
from pathlib import Path

import duckdb
import polars as pl
import pytest
from django.urls import reverse

from benchmarks.labelled import labelled_table, with_meaningless_headers
from desensitize.policy import Policy
from marketplace.preparation.column.models import ColumnRole
from marketplace.preparation.column.selectors import findings_of
from marketplace.preparation.policy.selectors import policy_of
from marketplace.preparation.report.models import Verdict
from marketplace.preparation.report.selectors import report_of
from marketplace.vault.services import decrypt_into
from tests.conftest import PageClients
from tests.desensitize.attacks.test_inference import certain_by_sql
from tests.given import preparation as given
from tests.given.world import World
from tests.preparation.test_invented_tables import ALL, invented

pytestmark = pytest.mark.django_db

FEW = (4, 33)
LEAST_ALIKE, KNOWN = 5, 4
MOST_UNIQUE, MOST_BELOW, MOST_CERTAIN = 0.01, 0.05, 0.05


COARSE = (
    *("sex", "province", "city", "婚姻状况", "学历", "民族", "血型", "诊断", "政治面貌", "宗教"),
    *("company (few)", "department", "grade", "size", "stars", "状态", "boolean", "year", "数量"),
)
"""Kinds of few values, of which something can be released as anonymous."""


def coarse(seed: int) -> pl.DataFrame:
    """Invent a table of coarse columns, the headers right, without meaning, or those of others."""
    source = random.Random(seed)
    names = source.sample(COARSE, source.randrange(1, 7))
    rows = source.choice((100, 400, 1500))
    table, labels = labelled_table(names, rows=rows, seed=seed, nulls=source.choice((0.0, 0.1)))
    headers = source.randrange(3)
    if headers == 1:
        return with_meaningless_headers(table, labels, seed=seed)[0]
    if headers == 2:
        others = source.sample(names, len(names))
        return table.rename({name: f"{other} " for name, other in zip(names, others, strict=True)})
    return table


def share_below(path: Path, columns: tuple[str, ...], least: int) -> float:
    """Return the share of rows that fewer than so many rows share."""
    named = ", ".join('"' + name.replace('"', '""') + '"' for name in columns)
    query = f"""select coalesce(sum(n) filter (n < {least}), 0) / sum(n)
        from (select count(*) as n from '{path}' group by {named})"""
    [(share,)] = duckdb.execute(query).fetchall()
    return float(share)


def broken(path: Path, quasi: tuple[str, ...], sensitive: set[str]) -> list[object]:
    """Name the defaults of `anonymous` that a recoded release breaks."""
    columns = [name for name, *_ in duckdb.execute(f"describe from '{path}'").fetchall()]
    judged = tuple(name for name in columns if name not in sensitive)
    sets = [one for size in range(1, KNOWN + 1) for one in combinations(judged, size)]
    found: list[object] = [
        one for one in (*sets, quasi) if one and share_below(path, one, LEAST_ALIKE)
    ]
    if judged and share_below(path, judged, 2) > MOST_UNIQUE:
        found.append("unique rows")
    if judged and share_below(path, judged, LEAST_ALIKE) > MOST_BELOW:
        found.append("rows in small groups")
    for name in sensitive.intersection(columns):
        values = duckdb.execute(f"""select count(distinct "{name}") from '{path}'""").fetchall()
        if values[0][0] > 1 and certain_by_sql(path, quasi, name) > MOST_CERTAIN:
            found.append(f"certain: {name}")
    return found


def judged_as_proposed(world: World, page_of: PageClients, seed: int, folder: Path) -> None:
    """Take an invented table from its upload to its report, and look at what is said of it."""
    table = coarse(seed) if seed % 2 else invented(seed)
    source = given.classified_version(world, table=table.write_csv())
    report = report_of(given.masked(world, source).pk)
    policy = policy_of(source)
    assert report is not None
    assert policy is not None
    assert report.verdict in Verdict.values
    assert report.judgement["reasons"]
    page = page_of("officer").get(reverse("risk_report_detail", args=[report.pk]))
    assert page.status_code == 200
    if report.verdict == Verdict.ANONYMOUS:
        assert not Policy.from_dict(policy.document).pseudonyms
        findings = {one.name: one.role for one in findings_of(source)}
        sensitive = {name for name, role in findings.items() if role == ColumnRole.SENSITIVE}
        path = decrypt_into(report.version.file, folder)
        assert broken(path, tuple(report.quasi_identifiers), sensitive) == []


@pytest.mark.parametrize("seed", FEW)
def test_an_invented_table_ends_in_a_verdict(
    seed: int, world: World, page_of: PageClients, tmp_path: Path
) -> None:
    judged_as_proposed(world, page_of, seed, tmp_path)


@pytest.mark.campaign
@pytest.mark.parametrize("seed", ALL)
def test_two_hundred_invented_tables_end_in_a_verdict(
    seed: int, world: World, page_of: PageClients, tmp_path: Path
) -> None:
    judged_as_proposed(world, page_of, seed, tmp_path)
