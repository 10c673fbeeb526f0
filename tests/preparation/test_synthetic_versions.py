"""A version whose rows are nobody's: drawn, charged to the dataset's budget, attacked, and told."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pyarrow.parquet as pq
import pytest
from django.conf import settings
from django.urls import reverse

from desensitize.engines.codebook import read_codebook
from marketplace.catalog.version.models import DatasetVersion
from marketplace.core.errors import Invalid
from marketplace.credentials.selectors import claims_of
from marketplace.preparation.budget.selectors import budget_of
from marketplace.preparation.execution import execute_run
from marketplace.preparation.masking.services import start_masking
from marketplace.preparation.policy.selectors import policy_of
from marketplace.preparation.report.models import Verdict
from marketplace.preparation.report.presentation import explained
from marketplace.preparation.report.selectors import report_of
from marketplace.preparation.run.models import Run
from marketplace.trading.listings.sheet.presentation import risk_in_words
from marketplace.vault.services import decrypt_into
from tests.conftest import PageClients
from tests.given import preparation as given
from tests.given.world import World

pytestmark = pytest.mark.django_db

DOMAINS = {
    "age": {"values": [str(age) for age in range(20, 68, 4)], "missing": False},
    "sex": {"values": ["F", "M"], "missing": False},
    "city": {"values": list(given.CITIES), "missing": False},
}


def asked(version: DatasetVersion, **changes: Any) -> dict[str, Any]:
    """Return a policy that draws what names nobody, at ε = 1."""
    document = given.policy_document(version)
    for rule in document["columns"]:
        is_drawn = rule["name"] in DOMAINS
        rule.update({"mask": "keep" if is_drawn else "drop", "options": {}})
        rule.pop("diversity", None)
    drawing = {"epsilon": "1", "delta": "0.000000001", "domains": DOMAINS, **changes}
    return document | {"synthetic": drawing}


def drawn(world: World, version: DatasetVersion, document: dict[str, Any]) -> Run:
    """Confirm what is asked, and do the run."""
    given.confirmed(world, version, document=document)
    return started(world, version)


def started(world: World, version: DatasetVersion) -> Run:
    run = start_masking(version.pk, by=world.actor("officer"))
    execute_run(run.pk)
    run.refresh_from_db()
    return run


def test_rows_are_drawn_charged_attacked_and_told(
    world: World, tmp_path: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Report, credential, listing and codebook say that it is synthetic, with ε and δ."""
    # Sixty people are too few trials for the usual limit.
    monkeypatch.setitem(settings.CENTRE, "ATTACK_EXCESS", 1.0)
    version = given.classified_version(world, table=given.people(300))
    run = drawn(world, version, asked(version, rows=200))
    assert run.result_version is not None, (run.state, run.step, run.error_code)
    table = pq.read_table(decrypt_into(run.result_version.file, tmp_path))
    assert table.column_names == list(DOMAINS)
    assert table.num_rows == 200
    assert set(table["sex"].to_pylist()) <= {"F", "M"}
    treatments = {one["treatment"] for one in read_codebook(table.schema)["columns"]}
    assert treatments == {"synthetic"}

    spent = budget_of(version.dataset_id)
    assert (spent.spent, spent.spent_delta) == (Decimal("1"), Decimal("0.000000001"))
    report = report_of(run.result_version.pk)
    assert report is not None
    assert report.passed, (report.failures, report.judgement["reasons"])
    assert start_masking(version.pk, by=world.actor("officer")).pk == run.pk
    execute_run(run.pk)
    assert budget_of(version.dataset_id).spent == 1, "What is done is not paid again."
    assert report.figures["synthetic"] == {"epsilon": "1", "delta": "0.000000001", "rows": 200}
    assert report.figures["rows_read"] == 200, "The rows of the source are not told."
    assert report.quasi_identifiers == []
    assert report.verdict == Verdict.ANONYMOUS, report.judgement["reasons"]
    assert report.credential is not None
    assert claims_of(report.credential)["synthetic"]["epsilon"] == "1"
    assert "its rows are nobody's" in explained(report, {}).personal
    sheet = {"figures": report.figures, "verdict": report.verdict, "judgement": report.judgement}
    assert any("synthetic" in sentence for sentence in risk_in_words(sheet))


def test_no_more_is_drawn_than_the_budget_holds(
    world: World, monkeypatch: pytest.MonkeyPatch, page_of: PageClients
) -> None:
    """The run ends with the sentence, without a version or a charge; pages lead on to less."""
    version = given.classified_version(world)
    given.confirmed(world, version, document=asked(version))
    monkeypatch.setitem(settings.CENTRE, "DATASET_EPSILON", "0.5")
    run = started(world, version)
    assert (run.state, run.error_code) == ("failed", "dataset-budget-spent")
    assert run.result_version is None
    assert budget_of(version.dataset_id).spent == 0
    client, ask = page_of("officer"), reverse("synthetic_ask", args=[version.pk])
    preparation = reverse("preparation_detail", args=[version.pk])
    shown = client.get(preparation).content.decode()
    assert "The copy would tell more than the ε 0.5 that is free." in shown
    assert ask in shown
    assert "Start desensitizing" not in shown
    assert 'value="0.5"' in client.get(ask).content.decode()
    more = client.post(ask, {"epsilon": "0.501", "delta": "0.000000001"})
    assert more.status_code == 422
    assert "only ε 0.5 is free" in more.content.decode()
    monkeypatch.setitem(settings.CENTRE, "DATASET_EPSILON", "0")
    for page in (preparation, ask):
        nothing_left = client.get(page).content.decode()
        assert "no copy can be drawn of it" in nothing_left
        assert "Ask for less" not in nothing_left
        assert 'name="epsilon"' not in nothing_left


def test_a_copy_beyond_the_budget_is_not_confirmed(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(settings.CENTRE, "DATASET_EPSILON", "0.5")
    version = given.classified_version(world)
    with pytest.raises(Invalid) as refusal:
        given.confirmed(world, version, document=asked(version, epsilon="0.501"))
    assert "only ε 0.5 is free" in str(refusal.value)
    assert list(refusal.value.fields) == ["synthetic.epsilon"]
    assert policy_of(version) is None
    given.confirmed(world, version, document=asked(version, epsilon="0.5"))
    assert policy_of(version) is not None


def test_nothing_is_spent_on_what_cannot_be_drawn(world: World) -> None:
    """A domain that does not fit the column's type is refused before anything is charged."""
    version = given.classified_version(world)
    domains = DOMAINS | {"age": {"values": ["young", "old"]}}
    run = drawn(world, version, asked(version, domains=domains))
    assert (run.state, run.error_code) == ("failed", "bad-domain")
    assert budget_of(version.dataset_id).spent == 0


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"name": "keep"}, "columns.0.mask"),
        ({"age": "generalize"}, ""),
        ({"epsilon": "0"}, ""),
        ({"delta": "0"}, ""),
        ({"epsilon": "lots"}, ""),
        ({"domains": {"age": {"values": []}}}, ""),
        ({"rows": 0}, ""),
    ],
)
def test_a_copy_that_makes_no_sense_is_refused(
    world: World, change: dict[str, Any], field: str
) -> None:
    """Names are never drawn; masks, amounts and domains must fit; nothing is confirmed."""
    version = given.classified_version(world)
    masks = {name: mask for name, mask in change.items() if name in ("name", "age")}
    document = asked(version, **{name: one for name, one in change.items() if name not in masks})
    for rule in document["columns"]:
        rule["mask"] = masks.get(rule["name"], rule["mask"])
    with pytest.raises(Invalid) as refused:
        given.confirmed(world, version, document=document)
    assert field in (refused.value.fields or {"": []}) or not field
    assert policy_of(version) is None


def test_the_officer_asks_for_a_copy_on_its_page(world: World, page_of: PageClients) -> None:
    """Values are typed as they are known; direct identifiers have no field; nothing is 500."""
    version = given.classified_version(world)
    page, client = reverse("synthetic_ask", args=[version.pk]), page_of("officer")
    shown = client.get(page).content.decode()
    assert "Never drawn" in shown
    assert "columns.0.values" not in shown
    sent = {"epsilon": "0.5", "delta": "0.000000001", "rows": "100"}
    refused = client.post(page, sent)
    assert refused.status_code == 422
    assert "values or bounds of one column" in refused.content.decode()
    places = {rule["name"]: place for place, rule in enumerate(asked(version)["columns"])}
    sent[f"columns.{places['age']}.values"] = "20..64 / 5"
    for wrong in ("64..20", "a..b", " | "):
        odd = client.post(page, sent | {f"columns.{places['sex']}.values": wrong})
        assert odd.status_code == 422, wrong
    assert policy_of(version) is None
    sent[f"columns.{places['sex']}.values"] = "F | M"
    assert client.post(page, sent).status_code == 302
    policy = policy_of(version)
    assert policy is not None
    assert policy.document["synthetic"] == {
        "epsilon": "0.5",
        "delta": "0.000000001",
        "rows": 100,
        "person_rows": 1,
        "domains": {
            "age": {"low": "20", "high": "64", "decimals": 0, "bins": 5},
            "sex": {"values": ["F", "M"]},
        },
    }
    assert "20..64 / 5" in client.get(page).content.decode(), "What was asked stands there again."
    assert page_of("stranger").get(page).status_code == 404
