"""From an approved table to a masked version with a measured risk."""

from __future__ import annotations

import hashlib
import io

import polars as pl
import pytest

from marketplace.credentials.selectors import claims_of
from marketplace.preparation.report.models import Verdict
from marketplace.preparation.report.selectors import report_of
from marketplace.preparation.run.models import RunKind
from marketplace.preparation.version.selectors import sample_rows
from marketplace.vault.services import open_stored
from tests.given import preparation as given
from tests.given.catalog import TRIPS
from tests.given.world import World

pytestmark = pytest.mark.django_db


def test_masked_version_holds_nothing_that_names_a_person(world: World) -> None:
    masked = given.masked_version(world)
    with open_stored(masked.file) as stored:
        content = stored.read()
    assert hashlib.sha256(content).hexdigest() == masked.sha256 == masked.file.sha256
    table = pl.read_parquet(io.BytesIO(content))
    cells = {str(cell) for column in table.columns for cell in table[column].to_list()}
    originals = {cell for line in given.people().splitlines()[1:] for cell in line.split(",")[:3]}
    assert originals
    for original in originals:
        assert original.encode() not in content
        assert not any(original in cell for cell in cells)
    assert table.columns == ["mobile", "age", "sex", "city", "income"]


def test_report_is_measured_on_the_stored_bytes(world: World) -> None:
    masked = given.masked_version(world)
    report = report_of(masked.pk)
    assert report is not None
    assert report.passed
    assert report.sha256 == masked.sha256
    with open_stored(masked.file) as stored:
        table = pl.read_parquet(io.BytesIO(stored.read()))
    # An independent count of the classes of the written rows.
    sizes = table.group_by(report.quasi_identifiers).len()["len"].to_list()
    assert report.figures["smallest_class"] == min(sizes) >= 5
    assert report.figures["classes"] == len(sizes)
    assert report.figures["rows"] == table.height == masked.rows
    assert report.figures["suppressed_rows"] == 60 - table.height
    assert report.verdict == Verdict.DE_IDENTIFIED


def test_passed_report_has_a_credential(world: World) -> None:
    report = given.passed_report(world)
    assert report.credential is not None
    claims = claims_of(report.credential)
    assert claims["sha256"] == report.sha256
    assert claims["smallest_class"] == report.figures["smallest_class"]
    assert report.credential.valid_until == report.valid_until


def test_sample_shows_masked_rows(world: World) -> None:
    sample = sample_rows(given.masked_version(world), 3)
    assert sample.columns == ("mobile", "age", "sex", "city", "income")
    assert len(sample.rows) == 3
    assert {row[0] for row in sample.rows} == {"***"}


def test_data_about_nobody_goes_the_short_way(world: World) -> None:
    version = given.classified_version(world, table=TRIPS, personal_basis="none")
    document = given.policy_document(version)
    assert {rule["mask"] for rule in document["columns"]} == {"keep"}
    masked = given.masked(world, version)
    report = report_of(masked.pk)
    assert report is not None
    assert report.passed
    assert report.verdict == Verdict.NO_PERSONAL_INFORMATION
    assert given.newest_run(version, RunKind.MASK).result_version == masked
    assert masked.rows == 4
