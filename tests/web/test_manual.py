"""The manual of the API and the pages of its operations, in both languages."""

from __future__ import annotations

import json
import re
from random import Random

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.html import escape
from django.utils.translation import override

from marketplace.web.manual import COMMANDS, manual_of, words_of
from marketplace.web.manual.reading import Operation, groups
from tests.given import described
from tests.given.chinese import latin_words

CHINESE = "zh-hans"
CODE = re.compile(r"`[^`]+`")
PURCHASE = (
    *("search_market", "get_market_listing", "place_order", "get_order", "list_order_offers"),
    *("accept_order", "counter_order", "get_contract", "sign_contract", "list_charges"),
    *("get_order_grant", "accept_delivery", "object_to_delivery", "create_token"),
)


def every_operation(language: str = "en") -> list[Operation]:
    """Return all operations as the pages show them."""
    return [one for group in groups(language).values() for one in group.operations]


def test_every_operation_has_a_page() -> None:
    """And each page an operation."""
    named = {operation["operationId"] for operation in described.operations().values()}
    assert {one.name for one in every_operation()} == named


def test_every_operation_has_chinese_words() -> None:
    """A new one needs them; none is left over, and none has Latin words but names."""
    words = words_of(CHINESE)
    named = {one.name for one in every_operation()}
    assert named == set(words.operations), "marketplace/web/manual/zh-hans.json names each of them"
    assert set(groups("en")) == set(words.groups)
    assert not [one for one in words.operations.values() if one[0].isascii() or one[1].isascii()]
    said = " ".join(text for one in words.operations.values() for text in one)
    assert latin_words(CODE.sub(" ", said)) == []


def test_the_manual_says_the_same_in_both_languages() -> None:
    """The same sections, commands and tables of the same length."""
    english, chinese = manual_of("en"), manual_of(CHINESE)
    assert COMMANDS.findall(english) == COMMANDS.findall(chinese)
    for pattern in (r"^## ", r"^\|", r"^\*\*"):
        both = [len(re.findall(pattern, text, re.MULTILINE)) for text in (english, chinese)]
        assert both[0] == both[1], pattern
    assert "{{" not in english + chinese


@pytest.mark.parametrize("language", ["en", CHINESE])
def test_pages_of_operations_answer(
    language: str, client: Client, db: None, chance: Random
) -> None:
    """Those of a purchase, and others, drawn; in Chinese without other words than names."""
    drawn = chance.sample(every_operation(language), 12)
    shown = [one for one in every_operation(language) if one.name in PURCHASE]
    client.cookies["django_language"] = language
    for one in [*shown, *drawn]:
        page = client.get(reverse("api_operation", args=[one.group, one.name]))
        assert page.status_code == 200
        text = page.content.decode()
        assert one.path in text
        assert escape(one.summary) in text
        if language == CHINESE:
            assert latin_words(text) == [], one.name


def test_the_pages_are_found_by_words(client: Client, db: None) -> None:
    """And what is not there says so."""
    page = client.get(reverse("api_browser"), {"q": "sign contract"}).content.decode()
    assert "/api/v1/contracts/{id}/sign/" in page
    assert "/api/v1/datasets/register/" not in page
    assert (
        "No operation has these words"
        in client.get(reverse("api_browser"), {"q": "zeppelin"}).content.decode()
    )
    for missing in (("zeppelins",), ("orders", "fly_order"), ("market", "accept_order")):
        route = "api_group" if len(missing) == 1 else "api_operation"
        assert client.get(reverse(route, args=missing)).status_code == 404


def pointer(one: Operation, rest: str) -> str:
    """Return where in the description a schema stands."""
    path = one.path.replace("~", "~0").replace("/", "~1")
    return f"/paths/{path}/{one.method.lower()}/{rest}/content/application~1json/schema"


def test_every_example_fits_its_schema() -> None:
    """What the pages show is sent and answered as they show it."""
    wrong: dict[str, str] = {}
    for one in every_operation():
        for example, place in (
            (one.example, "requestBody"),
            (one.answer, f"responses/{one.answers[0]}"),
        ):
            if example:
                checks = described.validator_of(pointer(one, place))
                faults = [fault.message for fault in checks.iter_errors(json.loads(example))]
                wrong |= {f"{one.name} {place}": faults[0]} if faults else {}
    assert wrong == {}


def test_a_purchase_has_its_examples_in_the_description() -> None:
    """Of what is sent and of what is answered."""
    found = {one["operationId"]: one for one in described.operations().values()}
    for name in PURCHASE:
        bodies = [found[name].get("requestBody"), found[name]["responses"].get("200")]
        for body in filter(None, [*bodies, found[name]["responses"].get("201")]):
            assert "example" in body["content"]["application/json"], name


def test_a_chinese_description_is_chinese() -> None:
    """Its summaries, and the reasons for which it refuses."""
    with override(CHINESE):
        accept = next(one for one in every_operation(CHINESE) if one.name == "accept_order")
    assert accept.summary == "接受订单"
    assert not [one for one in accept.refused if one.why.isascii()]
