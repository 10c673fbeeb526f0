"""What a published sample shows of texts, in which a mask may have overlooked somebody."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl
import pytest
from django.urls import reverse

from desensitize.masks import make_mask
from desensitize.masks.contract import MaskContext
from marketplace.demo.story.citizens import GOLD, ITEMS
from marketplace.demo.story.hotline import Message, hotline_messages
from marketplace.trading.listings.sheet.sheet import SAMPLE_ROWS, sample_of
from marketplace.trading.listings.sheet.texts import are_texts, what_is_shared
from tests.conftest import PageClients
from tests.given import hotline, measuring
from tests.given.world import World


def named_in(message: Message, text: str) -> list[str]:
    """Return the invented names of a message that stand in a text, those of two characters on."""
    spans = [one for one in message.spans if one.kind.startswith("name")]
    names = [message.text[one.start : one.end] for one in spans]
    return [name for name in names if len(name) > 1 and name in text]


def masked(messages: Sequence[Message]) -> list[str]:
    """Return the texts of messages as the mask of texts leaves them."""
    texts = pl.DataFrame({"message": [one.text for one in messages]})
    mask = make_mask("mask_text", {})
    context = MaskContext(column="message", dtype=pl.String())
    return texts.select(mask.expression(pl.col("message"), context)).to_series().to_list()


def test_the_mask_overlooks_nobody_in_the_messages_of_the_demo() -> None:
    messages = hotline_messages(GOLD + ITEMS)
    pairs = zip(messages, masked(messages), strict=True)
    assert [one.text for one, text in pairs if named_in(one, text)] == []


def test_a_name_that_a_mask_overlooked_is_not_in_a_sample() -> None:
    """Whatever it looks like: no four other messages have it. The rest can be read."""
    messages = hotline_messages(1_500)
    texts = masked(messages)
    overlooked = [one for one, text in zip(messages, texts, strict=True) if named_in(one, text)]
    assert overlooked, "The mask finds every name by now: this test asks nothing."
    shown = what_is_shared(texts)
    for message, text in zip(messages, shown, strict=True):
        assert text is not None
        assert not named_in(message, text)
    assert sum(map(len, filter(None, shown))) > 0.9 * sum(map(len, texts))


def test_words_that_few_rows_share_are_left_out() -> None:
    """Of Chinese, pairs of characters; of others, words; what is left out in a row is one sign."""
    texts: list[str | None] = ["我是和鹏，路灯坏了", *["我是业主，路灯坏了"] * 5, None]
    assert what_is_shared(texts)[:2] == ["我…，路灯坏了", "我是业主，路灯坏了"]
    assert what_is_shared(texts)[-1] is None
    english = ["Call Ann Example: the lamp is out", *["Call: the lamp is out"] * 4]
    assert what_is_shared(english)[0] == "Call …: the lamp is out"


@pytest.mark.parametrize(
    ("values", "is_text"),
    [
        ([f"路灯第{number}盏坏了，请派人修一修" for number in range(20)], True),
        ([f"The lamp at number {number} is out again" for number in range(20)], True),
        (["路灯坏了，请派人修一修"] * 20, False),
        ([f"2025-01-{number:02}T07:00:00" for number in range(1, 20)], False),
        ([f"a3f9c0de{number:04}" for number in range(20)], False),
        ([f"观测站 Station {number}" for number in range(20)], False),
        ([None, ""], False),
        ([], False),
    ],
)
def test_what_counts_as_texts(values: list[str | None], is_text: bool) -> None:
    """Several words, different in most rows; codes, days and names of places are shown whole."""
    assert are_texts(values) is is_text


def test_the_sample_of_a_table_of_texts_says_so(world: World, page_of: PageClients) -> None:
    """The others are the first rows as they are; on the page a sentence stands under the table."""
    sample = sample_of(hotline.masked(world))
    assert sample["texts"] == ["message"]
    assert len(sample["rows"]) == SAMPLE_ROWS
    place = sample["columns"].index("message")
    assert any("…" in row[place] for row in sample["rows"])
    listing = measuring.measurable_texts(world)
    page = reverse("listing_public", args=[listing.pk])
    assert "at least five rows share" in page_of("buyer").get(page).content.decode()
    chinese = page_of("buyer").get(page, HTTP_ACCEPT_LANGUAGE="zh-hans").content.decode()
    assert "至少五行" in chinese
    assert "texts" not in sample_of(measuring.measurable(world).revision.version)
