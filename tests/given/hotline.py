"""A table of citizens' messages to a hotline, from its registration to a masked version."""

from __future__ import annotations

import csv
import io
from functools import cache
from typing import Any

from marketplace.catalog.version.models import DatasetVersion
from marketplace.demo.story.hotline import HOTLINE_COLUMNS, Message, hotline_messages
from tests.given import preparation
from tests.given.shelf import kept
from tests.given.world import World

MASKS: dict[str, Any] = {
    "message_id": "drop",
    "caller": "drop",
    "phone": "drop",
    "message": {"mask": "mask_text", "role": "sensitive"},
}
"""What an officer decides: the text with marks in it, and of the rest the district alone."""


@cache
def messages(count: int) -> tuple[Message, ...]:
    """Return the first messages; topics and spans are known of them."""
    return tuple(hotline_messages(count))


@cache
def table(count: int = 300) -> str:
    """Return the messages as CSV, as a hotline would register them."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(HOTLINE_COLUMNS)
    writer.writerows(message.row() for message in messages(count))
    return text.getvalue()


def without_spans(message: Message) -> str:
    """Return a message as masking leaves it: with a mark in the place of whatever is personal."""
    text = message.text
    for span in sorted(message.spans, key=lambda one: -one.start):
        text = f"{text[: span.start]}〔{span.kind}〕{text[span.end :]}"
    return text


@kept
def classified(world: World, count: int = 300) -> DatasetVersion:
    """Return the registered messages, profiled and classified."""
    return preparation.classified_version(world, table=table(count))


@kept
def masked(world: World, count: int = 300) -> DatasetVersion:
    """Return a masked version of the messages whose run passed."""
    version = classified(world, count)
    document = preparation.policy_document(version, **MASKS)
    return preparation.masked(world, version, document=document)
