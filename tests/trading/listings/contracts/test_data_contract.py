"""The data contract of a listing is one by the standard, and its judge finds what we find."""

from __future__ import annotations

import json
import subprocess
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import jsonschema
import polars as pl
import pytest
import yaml
from django.test import Client
from django.urls import reverse

from desensitize.quality import Circumstances, Rule, measure
from marketplace.catalog.quality.models import RuleReason
from marketplace.catalog.version.models import DatasetVersion
from marketplace.catalog.version.selectors import columns_of as version_columns
from marketplace.trading.listings.data_contract.queries import (
    NOT_EXPRESSED,
    DeliveredColumn,
    is_expressed,
    quality_of,
)
from marketplace.trading.listings.listing.models import Listing
from marketplace.trading.listings.mode.modes import ALL, MODES
from marketplace.trading.listings.mode.sandbox import SANDBOX
from marketplace.trading.listings.revision.measured import measured_quality
from marketplace.vault.services import open_stored
from tests.conftest import ApiClients, PageClients
from tests.given import preparation, quality, sandboxes
from tests.given import trading as given
from tests.given.catalog import approved_dataset, source_version
from tests.given.quality import rule
from tests.given.world import World

HERE = Path(__file__).parent
SCHEMA = json.loads((HERE / "odcs-3.1.0.schema.json").read_text(encoding="utf-8"))
PATIENCE = 300
PROGRAM = """
import json, logging, sys
logging.disable(logging.CRITICAL)
from datacontract.data_contract import DataContract
run = DataContract(data_contract_file=sys.argv[1]).test()
print(json.dumps([[str(check.name), str(check.result.value), str(check.reason)]
                  for check in run.checks]))
"""

RULES = (
    rule("present", "line"),
    rule("unique", "day", "line"),
    rule("range", "boardings", at_least="0", at_most="5000", tolerance={"share": "0.1"}),
    rule("type", "delay_minutes", type="number"),
    rule("fresh", "day", days=30000, severity="warns"),
)


def offered(world: World, *rules: dict[str, Any], **changes: Any) -> Listing:
    """Return a published listing whose data keeps rules."""
    dataset = approved_dataset(world)
    quality.set_rules(world, dataset, rules or RULES)
    quality.measured(source_version(dataset))
    version = given.masked(world, dataset)
    quality.measured(version)
    given.valued(world, version)
    return given.published(world, version=version, **changes)


def contract_of(client: Client, listing: Listing) -> dict[str, Any]:
    answer = client.get(reverse("listing_contract", args=[listing.pk]))
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "application/yaml"
    document: dict[str, Any] = yaml.safe_load(answer.content)
    jsonschema.Draft201909Validator(SCHEMA).validate(document)
    return document


def judged(
    python: Path, folder: Path, document: dict[str, Any], *, is_whole: bool = True
) -> dict[str, str]:
    """Return what the judge finds, by the names of its checks.

    Where the table is not whole, queries over the missing column end in an error.
    """
    (folder / "contract.yaml").write_text(yaml.safe_dump(document), encoding="utf-8")
    ran = subprocess.run(
        [str(python), "-c", PROGRAM, "contract.yaml"],
        cwd=folder,
        capture_output=True,
        check=True,
        timeout=PATIENCE,
        text=True,
    )
    checks = json.loads(ran.stdout.splitlines()[-1])
    if is_whole:
        assert not [check for check in checks if check[1] == "error"], checks
    return {name: result for name, result, _reason in checks}


def test_a_contract_is_one_by_the_standard(world: World, page_of: PageClients) -> None:
    """Open to everybody; it says of what bytes, by which rules, under which terms."""
    listing = offered(world)
    document = contract_of(page_of(""), listing)
    assert (document["apiVersion"], document["status"]) == ("v3.1.0", "active")
    [schema] = document["schema"]
    types = {column["name"]: column["logicalType"] for column in schema["properties"]}
    assert types["day"] == "date"
    assert types["boardings"] == "integer"
    said = {one["property"]: one["value"] for one in document["customProperties"]}
    assert said["bytesSha256"] == listing.revision.version.sha256
    assert said["sheetSha256"] == listing.sheet_digest
    [untested] = said["qualityRulesNotTested"]
    assert "newest" in untested["rule"]
    levels = {one["property"]: one["value"] for one in document["slaProperties"]}
    assert levels["timeOfArrival"] == 30000
    assert document["price"]["priceCurrency"] == "CNY"
    assert document["description"]["usage"] == listing.terms["purpose"]
    # Whatever language a reader has, it is the same document.
    chinese = page_of("")
    chinese.cookies["django_language"] = "zh-hans"
    assert contract_of(chinese, listing) == document


def test_a_listing_without_rules_has_a_contract(world: World, page_of: PageClients) -> None:
    document = contract_of(page_of(""), given.published(world))
    assert "quality" not in document["schema"][0]
    assert {"frequency"} <= {one["property"] for one in document["slaProperties"]}


def test_what_is_not_on_offer_has_no_contract(world: World, page_of: PageClients) -> None:
    listing = given.drafted(world)
    answer = page_of("").get(reverse("listing_contract", args=[listing.pk]))
    assert answer.status_code == 404


def test_buyers_read_the_rules_and_their_shares(
    world: World, page_of: PageClients, api_of: ApiClients
) -> None:
    """What failed in how much, over time; no row, no value, no other dataset."""
    listing = offered(world, *RULES, rule("range", "boardings", at_most="1250", severity="warns"))
    page = page_of("").get(reverse("listing_public", args=[listing.pk])).content.decode()
    for part in ("“boardings” is from 0 to 5000", "at most 10 % may fail", "75", "ODCS"):
        assert part in page
    assert "by revision" in page
    assert listing.sheet is not None
    of = listing.sheet["quality"]["rules"]["of"]
    assert all("examples" not in one for one in of)
    by_code = {one["code"]: one for one in listing.sheet["quality"]["dimensions"]}
    assert by_code["accuracy"] == {"code": "accuracy", "passed": 3, "total": 4}


def test_the_judge_passes_the_good_file(
    world: World, page_of: PageClients, contracts: Path, tmp_path: Path
) -> None:
    """The very bytes that are delivered, and the contract as anybody gets it."""
    listing = offered(world)
    document = contract_of(page_of(""), listing)
    _write(listing.revision.version, tmp_path / "data.parquet")
    results = judged(contracts, tmp_path, document)
    # Of a Parquet file the judge compares no types, and says so.
    asked = {name: result for name, result in results.items() if " has type " not in name}
    assert set(asked.values()) == {"passed"}, results
    words = [name for name in results if "“" in name]
    assert len(words) == len(RULES) - 1


def test_rows_of_the_api_are_tested(
    world: World, page_of: PageClients, contracts: Path, tmp_path: Path
) -> None:
    """What is delivered passes; values that break a rule, or a column less, fail."""
    listing = offered(world, delivery_mode="api")
    document = contract_of(page_of(""), listing)
    path = tmp_path / "data.parquet"
    _write(listing.revision.version, path)
    results = judged(contracts, tmp_path, document)
    asked = {name: result for name, result in results.items() if " has type " not in name}
    assert set(asked.values()) == {"passed"}, results
    table = pl.read_parquet(path)
    for broken in (
        table.with_columns(pl.lit(-1, table["boardings"].dtype).alias("boardings")),
        table.drop("day"),
    ):
        broken.write_parquet(path)
        assert "failed" in judged(contracts, tmp_path, document, is_whole=False).values()


@pytest.mark.parametrize("mode", [mode.name for mode in ALL if mode.shows_rows])
def test_each_way_in_which_rows_come_names_what_to_test(
    world: World, page_of: PageClients, mode: str
) -> None:
    """One file beside the contract, and what is saved as it."""
    listing = given.published(world, delivery_mode=mode, exclusive=mode == "right")
    document = contract_of(page_of(""), listing)
    [server] = document["servers"]
    assert (server["path"], server["description"]) == ("./data.parquet", MODES[mode].contract_note)
    said = {one["property"] for one in document["customProperties"]}
    assert "deliveryNotTested" not in said


def test_a_contract_without_rules_is_tested(
    world: World, page_of: PageClients, contracts: Path, tmp_path: Path
) -> None:
    """By the columns that it promises."""
    listing = given.published(world)
    document = contract_of(page_of(""), listing)
    path = tmp_path / "data.parquet"
    _write(listing.revision.version, path)
    assert "passed" in judged(contracts, tmp_path, document).values()
    pl.read_parquet(path).drop("day").write_parquet(path)
    assert "failed" in judged(contracts, tmp_path, document, is_whole=False).values()


def test_every_way_of_delivery_is_tested_or_says_why_not() -> None:
    """Only where no rows reach the buyer is there nothing to test."""
    assert all(mode.contract_note for mode in ALL)
    assert {mode.name for mode in ALL if not mode.shows_rows} == {"scoring", "sandbox", "report"}


def test_what_is_not_tested_says_why(world: World, page_of: PageClients) -> None:
    """In place of a server, so that no program passes it in silence."""
    document = contract_of(page_of(""), sandboxes.published(world))
    assert "servers" not in document
    said = {one["property"]: one["value"] for one in document["customProperties"]}
    assert said["deliveryNotTested"] == SANDBOX.contract_note


def _write(version: DatasetVersion, path: Path) -> None:
    with open_stored(version.file) as stored:
        path.write_bytes(stored.read())


# Every kind that the standard can express, on a table of which one row is changed for each rule.

TABLE: dict[str, list[Any]] = {
    "id": [f"a{row}" for row in range(10)],
    "text": [str(row) for row in range(10)],
    "city": ["1", "2"] * 5,
    "count": list(range(10)),
    "start": [date(2026, 1, 1)] * 10,
    "end": [date(2026, 1, 2)] * 10,
    "one": [0.1] * 10,
    "two": [0.2] * 10,
    "both": [0.1 + 0.2] * 10,
    "paid": [Decimal("1.50")] * 10,
}
TYPES = {
    "id": "text",
    "text": "text",
    "city": "text",
    "count": "integer",
    "start": "date",
    "end": "date",
    "one": "float",
    "two": "float",
    "both": "float",
    "paid": "decimal",
}
LOGICAL = {"text": "string", "integer": "integer", "date": "date"}
EXPRESSED: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "present": (rule("present", "city"), {"city": " N/A"}),
    "present, of a share": (
        rule("present", "paid", tolerance={"share": "0.01"}),
        {"paid": None},
    ),
    "unique": (rule("unique", "id"), {"id": "a1"}),
    "unique, several": (
        rule("unique", "city", "id", tolerance={"share": "0.01"}),
        {"city": "2", "id": "a1"},
    ),
    "type, number": (rule("type", "text", type="number"), {"text": "1,5"}),
    "type, integer": (rule("type", "text", type="integer"), {"text": "1.5"}),
    "type, date": (rule("type", "end", type="date"), {}),
    "range": (rule("range", "count", at_least="0", at_most="9"), {"count": 10}),
    "range, of days": (rule("range", "start", at_least="2026-01-01"), {"start": date(2025, 1, 1)}),
    "range, of text": (rule("range", "text", at_most="9.5"), {"text": "9.6"}),
    "pattern": (rule("pattern", "id", pattern="[a-z][0-9]|b"), {"id": "4a"}),
    "codes": (rule("codes", "city", codes=["1", "2"]), {"city": "3"}),
    "compare, days": (
        rule("compare", left=["start"], operator="<=", right=["end"]),
        {"end": date(2025, 12, 31)},
    ),
    "compare, sums": (
        rule("compare", left=["one", "two"], operator="=", right=["both"]),
        {"both": 0.31},
    ),
    "compare, within": (
        rule("compare", left=["count"], operator="<=", right=["paid"], within="10"),
        {},
    ),
    "volume": (rule("volume", tolerance={"share": "0.2"}), {}),
}


def columns_of(missing: tuple[str, ...] = ()) -> dict[str, DeliveredColumn]:
    return {name: DeliveredColumn(name, dtype, missing) for name, dtype in TYPES.items()}


def stored(path: Path, table: dict[str, list[Any]]) -> None:
    kinds = {name: pl.Series(name, cells).dtype for name, cells in TABLE.items()}
    pl.DataFrame(table, schema_overrides=kinds).write_parquet(path)


def document_of(rules: dict[str, Rule], *, median: int) -> dict[str, Any]:
    said = [
        quality_of(one, columns_of(), words=words, median=median) for words, one in rules.items()
    ]
    assert all(is_expressed(one) for one in said)
    return {
        "version": "1.0.0",
        "apiVersion": "v3.1.0",
        "kind": "DataContract",
        "id": "judged",
        "status": "active",
        "servers": [
            {"server": "d", "type": "local", "path": "./data.parquet", "format": "parquet"}
        ],
        "schema": [
            {
                "name": "data",
                "properties": [
                    {"name": name, "logicalType": LOGICAL.get(dtype, "number")}
                    for name, dtype in TYPES.items()
                ],
                "quality": said,
            }
        ],
    }


def ours(path: Path, rules: dict[str, Rule], *, median: int) -> set[str]:
    """Return the rules that fail by our own count."""
    circumstances = Circumstances(date(2026, 3, 31), past=(median,))
    found = measure(path, list(rules.values()), circumstances).findings
    return {
        words for words, finding in zip(rules, found, strict=True) if finding.outcome == "failed"
    }


@pytest.mark.parametrize("is_good", [True, False])
def test_the_judge_names_the_same_failures(contracts: Path, tmp_path: Path, is_good: bool) -> None:
    """On the good table none; on one with a mutated row a rule, the same as we."""
    rules = {words: Rule.from_dict(said) for words, (said, _row) in EXPRESSED.items()}
    table = {name: [*cells] for name, cells in TABLE.items()}
    if not is_good:
        for _said, row in EXPRESSED.values():
            for name, cells in table.items():
                cells.append(row.get(name, f"z{len(cells)}" if name == "id" else cells[0]))
    path, median = tmp_path / "data.parquet", 10
    stored(path, table)
    document = document_of(rules, median=median)
    jsonschema.Draft201909Validator(SCHEMA).validate(document)
    results = judged(contracts, tmp_path, document)
    failed = {words for words in rules if results.get(words, "passed") != "passed"}
    volume = [result for name, result in results.items() if "row_count" in name]
    failed |= {"volume"} if volume != ["passed"] else set()
    assert failed == ours(path, rules, median=median)
    if is_good:
        assert failed == set()
    else:
        assert failed >= {words for words, (_said, row) in EXPRESSED.items() if row}


def test_what_has_no_words_in_the_standard_is_text() -> None:
    """Said in words, so that nobody takes it for tested."""
    columns = columns_of()
    unexpressed = [
        rule("exists", "id", dataset="-", column="-"),
        rule("fresh", "start", days=3),
        rule("type", "text", type="datetime"),
        rule("codes", "one", codes=["1"]),
        rule("present", "gone"),
    ]
    for said in unexpressed:
        found = quality_of(Rule.from_dict(said), columns, words="…")
        assert found["type"] == "text", said
        assert not is_expressed(found)
    assert {said["kind"] for said in unexpressed} >= set(NOT_EXPRESSED)
    odd = {"a{b}": DeliveredColumn("a{b}", "text")}
    assert not is_expressed(quality_of(Rule.from_dict(rule("present", "a{b}")), odd, words="…"))


def test_masked_rules_say_nothing_of_values(world: World) -> None:
    """What a rule asks of values that nobody gets is said to nobody."""
    version = preparation.classified_version(world, asset_kind="market", personal_basis="law")
    quality.set_rules(
        world,
        version.dataset,
        [rule("pattern", "mobile", pattern="1[0-9]{10}"), rule("range", "income", at_least="0")],
    )
    quality.measured(version)
    masked = preparation.masked(world, version, document=preparation.without_trace(version))
    quality.measured(masked)
    found, _filled = measured_quality(masked, list(version_columns(masked)))
    by_column = {one["rule"]["columns"][0]: one for one in found["rules"]["of"]}
    assert by_column["mobile"]["reason"] == RuleReason.MASKED
    assert by_column["mobile"]["rule"]["parameters"] == {}
    assert "1[0-9]" not in json.dumps(found)


def test_codes_of_nothing_known_are_no_failure() -> None:
    """The contract leaves out of a check what our own count leaves out."""
    said = quality_of(
        Rule.from_dict(rule("range", "count", at_most="5")),
        {"count": DeliveredColumn("count", "integer", ("9",))},
        words="…",
    )
    assert "NOT IN ('9')" in said["query"]
