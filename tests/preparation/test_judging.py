"""The verdict of a version: what attackers made of it, whatever its columns are called."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.urls import reverse

from marketplace.core.errors import Invalid
from marketplace.credentials.selectors import claims_of
from marketplace.preparation.policy.selectors import policy_of
from marketplace.preparation.report.models import Verdict
from marketplace.preparation.report.selectors import report_of
from tests.conftest import PageClients
from tests.given import preparation as given
from tests.given.reading import rows_of_table
from tests.given.world import World
from tests.preparation.doors import policy_form

pytestmark = pytest.mark.django_db

WHO_TRIED = {"en": "Who tried, and how far they came", "zh-hans": "各种攻击及其结果"}


def test_calling_columns_impersonal_does_not_make_them_so(
    world: World, page_of: PageClients
) -> None:
    """Names dropped, the rest relabelled and kept: every person is still found."""
    version = given.classified_version(world)
    document = given.policy_document(version)
    for rule in document["columns"]:
        is_named = rule["name"] in ("name", "id_number", "mobile")
        rule.update(
            {"role": "direct", "mask": "drop", "options": {}}
            if is_named
            else {"role": "other", "mask": "keep", "options": {}}
        )
    report = report_of(given.masked(world, version, document=document).pk)
    assert report is not None
    # Until a reviewer agrees, each counts as what was found.
    assert report.quasi_identifiers == ["age", "sex", "city"]
    assert report.verdict == Verdict.DE_IDENTIFIED
    failed = {one["name"] for one in report.judgement["attackers"] if not one["passed"]}
    assert {"singling out", "linkage", "inference"} <= failed
    assert report.figures["grade"]["level"] == 2
    assert report.credential is not None
    claims = claims_of(report.credential)
    assert claims["verdict"] == "de-identified"
    assert {one["name"] for one in claims["attackers"] if not one["passed"]} == failed
    for language, who_tried in WHO_TRIED.items():
        client = page_of("officer")
        client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
        measured, signed = (
            rows_of_table(client.get(reverse(route, args=[thing.pk])).content.decode(), who_tried)
            for route, thing in (
                ("risk_report_detail", report),
                ("credential_detail", report.credential),
            )
        )
        # The report tells the worst case besides.
        assert [[row[0], *row[2:]] for row in measured] == [[row[0], *row[2:]] for row in signed]
        for told, stated in zip(measured, signed, strict=True):
            assert told[1].startswith(stated[1])


def test_a_pseudonym_is_no_anonymity(world: World) -> None:
    version = given.classified_version(world)
    report = report_of(given.masked(world, version).pk)
    policy = policy_of(version)
    assert report is not None
    assert policy is not None
    assert report.verdict == Verdict.DE_IDENTIFIED
    reasons = {one["code"]: one["parameters"] for one in report.judgement["reasons"]}
    assert "id_number" in reasons["identifiers_remain"]["columns"]


def test_the_officer_names_the_column_that_tells_persons_apart(
    world: World, page_of: PageClients
) -> None:
    """It reaches the attackers by the form, and the report says who was a person."""
    version = given.classified_version(world)
    page = page_of("officer")
    address = reverse("policy_confirm", args=[version.pk])
    filled = policy_form({"pk": version.pk, "policy": given.without_trace(version)})
    sent = {**filled.data, "person": "nobody"}
    assert page.post(address, sent).status_code == 422
    assert page.post(address, sent | {"person": "id_number"}).status_code == 302
    policy = policy_of(version)
    assert policy is not None
    assert policy.document["person"] == "id_number"
    assert 'value="id_number" selected' in page.get(address).content.decode()
    document = given.policy_document(version)
    with pytest.raises(Invalid) as refused:
        given.confirmed(world, version, document=document | {"person": "nobody"})
    assert list(refused.value.fields) == ["person"]
    for person in ("id_number", None):
        report = report_of(given.masked(world, version, document=document | {"person": person}).pk)
        assert report is not None
        codes = {one["code"] for one in report.judgement["reasons"]}
        assert ("person_released" in codes) is (person is not None)
        text = page.get(reverse("risk_report_detail", args=[report.pk])).content.decode()
        assert ("Each row is a person" in text) is (person is None)
