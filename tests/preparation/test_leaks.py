"""Nothing that names a person gets through a masking run, whatever form of it is kept.

Each run keeps every identity column in a masked form; what it writes is decoded and searched, cell
by cell and byte by byte, for every invented name, number, address and card.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from marketplace.demo.story.identities import (
    IDENTITY_COLUMNS,
    InventedIdentities,
    write_registered_survey,
)
from marketplace.demo.story.survey import RULES
from marketplace.preparation.report.selectors import report_of
from marketplace.vault.services import decrypt_into
from tests.given import preparation as given
from tests.given.story import found_in_bytes, found_in_cells
from tests.given.world import World

ROWS = 150
FORMS: dict[str, dict[str, dict[str, Any]]] = {
    "pseudonyms": {
        "name": {"mask": "pseudonym"},
        "id_number": {"mask": "surrogate_id"},
        "mobile": {"mask": "ff1"},
        "home_address": {"mask": "tokenize"},
        "bank_card": {"mask": "cmac_pseudonym"},
    },
    "parts": {
        "name": {"mask": "partial", "options": {"keep_first": 1}},
        "id_number": {"mask": "partial", "options": {"keep_first": 6, "keep_last": 1}},
        "mobile": {"mask": "partial", "options": {"keep_first": 3, "keep_last": 4}},
        "home_address": {"mask": "partial", "options": {"keep_first": 3}},
        "bank_card": {"mask": "partial", "options": {"keep_first": 0, "keep_last": 4}},
    },
    "marks": {
        "name": {"mask": "redact"},
        "id_number": {"mask": "redact", "options": {"mark": "#"}},
        "mobile": {"mask": "constant", "options": {"value": "hidden"}},
        "home_address": {"mask": "redact"},
        "bank_card": {"mask": "redact"},
    },
}


@pytest.fixture(scope="module")
def survey(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, InventedIdentities]:
    """Write the first rows of the registered survey; answer its text and what was invented."""
    written = write_registered_survey(tmp_path_factory.mktemp("survey") / "s.csv", rows=ROWS)
    return written.path.read_text(encoding="utf-8"), written.invented


@pytest.mark.parametrize("form", FORMS)
def test_no_identity_gets_through(
    form: str, world: World, survey: tuple[str, InventedIdentities], tmp_path: Path
) -> None:
    """Every identity column is delivered, and none of what stood in it."""
    text, invented = survey
    version = given.classified_version(world, table=text, personal_basis="consent")
    document = given.policy_document(version)
    for rule in document["columns"]:
        own = FORMS[form].get(rule["name"])
        rule.update({"options": {}, "role": "direct", **own} if own else RULES[rule["name"]])
    masked = given.masked(world, version, document=document)

    values = invented.values()
    source = decrypt_into(version.file, tmp_path)
    assert found_in_cells(source, values) == values, "The search finds what is there."
    delivered = decrypt_into(masked.file, tmp_path)
    table = pq.read_table(delivered)
    assert set(IDENTITY_COLUMNS) <= set(table.column_names)
    for name in IDENTITY_COLUMNS:
        assert table[name].null_count < table.num_rows, f"There is something of {name} to search."
    assert found_in_cells(delivered, values) == set()
    assert found_in_bytes(delivered, values) == set()
    report = report_of(masked.pk)
    assert report is not None
    assert report.figures["smallest_class"] >= 5
    # A part or a pseudonym tells one person from another; the same mark for everybody does not.
    remaining = {one["code"] for one in report.judgement["reasons"]} & {"identifiers_remain"}
    assert bool(remaining) == (form != "marks")
