"""The language of a contract is a term of the offer, not of the screen on which it is accepted."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import pytest
from django.conf import settings
from django.test import override_settings
from django.urls import reverse
from django.utils import translation

from marketplace.trading.listings.terms.clauses.language import ContractLanguage
from marketplace.trading.listings.terms.terms import Terms
from marketplace.trading.orders.amendment.models import Amendment
from marketplace.trading.orders.contract.models import Contract
from marketplace.trading.orders.contract.wording import BETWEEN, texts_by_language
from marketplace.trading.orders.order.models import Order
from tests.conftest import ApiClients, PageClients
from tests.given import amendments
from tests.given import trading as given
from tests.given.world import World

HEADS = {"zh-hans": "数据提供合同", "en": "DATA PROVISION CONTRACT"}
SAID = {
    "zh-hans": "本文本以中文写成。",
    "en": "This text is written in English.",
    "zh-hans+en": "本文本以中文和英文写成，两种文本不一致的，以中文文本为准。",
    "en+zh-hans": "Where the two differ, the English text prevails.",
}
EACH = pytest.mark.parametrize("language", ContractLanguage.values)


def placed_in(world: World, language: str) -> Order:
    """Place an order on an offer whose contract is written in a language."""
    terms = replace(given.OFFER.terms, language=language)
    return given.placed(world, given.published(world, terms=terms))


def contract_of(world: World, language: str, *, screen: str) -> Contract:
    """Return the contract of an offer in a language, accepted on a screen in another one."""
    with translation.override(screen):
        order = given.accepted(world, placed_in(world, language))
    return Contract.objects.get(order=order)


@EACH
@pytest.mark.parametrize("screen", ["en", "zh-hans"])
def test_a_contract_is_in_the_language_of_its_offer(
    world: World, language: str, screen: str
) -> None:
    """Each language has the whole text, the prevailing first, and says which prevails."""
    contract = contract_of(world, language, screen=screen)
    assert contract.language == language == contract.agreed["terms"]["language"]
    texts = texts_by_language(contract.text, contract.language)
    assert [code for code, _text in texts] == language.split("+")
    for code, text in texts:
        assert text.startswith(HEADS[code])
        assert text.endswith("\n")
        # What each ends by naming is the same data.
        assert text.split()[-1] == contract.text.split()[-1]
    assert SAID[language] in contract.text
    assert contract.text.count(BETWEEN) == len(texts) - 1


@pytest.mark.parametrize("screen", ["en", "zh-hans"])
def test_an_amendment_is_in_the_language_of_its_contract(world: World, screen: str) -> None:
    """Whoever proposes it, on whatever screen."""
    order = given.signed(world, placed_in(world, "zh-hans+en"))
    with translation.override(screen):
        amendment = amendments.proposed(world, order, licence_months=24)
    assert amendment.language == "zh-hans+en"
    assert "数据提供合同第1号变更协议" in amendment.text
    assert "AMENDMENT 1 OF A DATA PROVISION CONTRACT" in amendment.text
    assert SAID["zh-hans+en"] in amendment.text


def test_the_language_of_a_contract_is_not_amended(world: World, api_of: ApiClients) -> None:
    """An amendment in another language would be one more language of the contract."""
    order = given.signed(world, placed_in(world, "zh-hans"))
    contract = Contract.objects.get(order=order)
    refused = api_of("buyer").post(
        f"/api/v1/contracts/{contract.pk}/propose-amendment/",
        {"terms": {**order.terms, "language": "en"}},
        content_type="application/json",
    )
    assert refused.status_code == 422
    assert list(refused.json()["errors"]) == ["language"]
    assert not Amendment.objects.exists()


def test_absent_and_first_shown_are_the_same(world: World, page_of: PageClients) -> None:
    """A program that leaves the language out gets what the form of an offer begins with."""
    for usual in ContractLanguage.values:
        with override_settings(CENTRE={**settings.CENTRE, "CONTRACT_LANGUAGE": usual}):
            assert Terms(purpose="Research.").language == usual
            assert Terms.from_json({"purpose": "Research."}).language == usual
            version = given.masked(world)
            page = page_of("officer").get(reverse("listing_draft", args=[version.pk]))
            assert page.context["form"]["language"].value() == usual


def test_a_language_that_is_none_is_refused() -> None:
    """In words, by its field."""
    terms = Terms(purpose="Research.", language="fr")
    assert list(terms.problems()) == ["language"]


@EACH
def test_pages_mark_each_part_with_its_language(
    world: World, page_of: PageClients, language: str
) -> None:
    """A screen reader changes its voice between the parts."""
    contract = contract_of(world, language, screen="en")
    page: Any = page_of("buyer").get(reverse("contract_detail", args=[contract.pk]))
    marked = re.findall(r'<div lang="([\w-]+)">', page.content.decode())
    assert marked == language.split("+")
    assert "\n* * *" not in page.content.decode()
