"""Annotators who read what a message is about, as somebody would who knows the town.

They know of a message what stands in it and nothing else: by the words around its gaps, which no
mask changes, they tell its matter. What has two matters in common they take for either.
"""

import io
import re
import unicodedata
import zipfile
from collections.abc import Callable, Mapping
from functools import cache
from types import MappingProxyType
from typing import Any, Final

from marketplace.annotation.batch.models import Batch
from marketplace.annotation.batch.services import hand_in_batch, save_batch_items, take_labels_in
from marketplace.core import Actor, clock
from marketplace.core.bounds import read_json
from marketplace.demo.story import hotline_words as words

CODES: Final[Mapping[str, str]] = MappingProxyType(
    dict(
        zip(
            words.TOPICS,
            ("noise", "supply", "traffic", "waste", "insurance", "school", "estate", "consumer"),
            strict=True,
        )
    )
)
"""The code of each matter in a scheme of labels."""
CLASSES: Final = tuple({"code": code, "label": topic} for topic, code in CODES.items())

Reader = Callable[[str], str]


def matters_of(text: str) -> tuple[str, ...]:
    """Return the codes of the matters that a message may be of, the likelier one first.

    Raises:
        ValueError: it is none that was invented here.
    """
    # What a caller says beside the matter begins so.
    own = _plain(text).partition("另外,")[0]
    for topics, pattern in _patterns():
        if pattern.search(own):
            return tuple(CODES[topic] for topic in topics)
    raise ValueError(text)


def first_of_two(text: str) -> str:
    """Read as somebody who takes the first of two matters."""
    return matters_of(text)[0]


def second_of_two(text: str) -> str:
    """Read as somebody who takes the second of two matters."""
    return matters_of(text)[-1]


def label_batch(batch: Batch, read: Reader, *, by: Actor) -> Batch:
    """Take a batch away in a file, label all of it there, bring the labels back, hand it in."""
    with zipfile.ZipFile(io.BytesIO(save_batch_items(batch.pk, by=by))) as archive:
        tasks = read_json(archive.read("tasks.json"))
    said = [{**task, "annotations": [_said(read(task["data"]["text"]))]} for task in tasks]
    take_labels_in(batch.pk, tasks=said, by=by)
    return hand_in_batch(batch.pk, by=by)


def _said(code: str) -> dict[str, Any]:
    result = {
        "from_name": "label",
        "to_name": "text",
        "type": "choices",
        "origin": "manual",
        "value": {"choices": [code]},
    }
    when = f"{clock.now():%Y-%m-%dT%H:%M:%SZ}"
    return {"completed_by": 1, "created_at": when, "lead_time": 4.0, "result": [result]}


@cache
def _patterns() -> tuple[tuple[tuple[str, ...], re.Pattern[str]], ...]:
    two = [(pair, one) for pair, said in words.VAGUE.items() for one in said]
    one = [((topic,), each) for topic, said in words.TOPICS.items() for each in said]
    return tuple((topics, _pattern(sentence)) for topics, sentence in (*two, *one))


def _pattern(sentence: str) -> re.Pattern[str]:
    """Return what a sentence looks like, whatever fills its gaps."""
    first, *others = (piece.strip(",") for piece in re.split(r"\{\w+\}", _plain(sentence)))
    # A mask may take the sign behind a name with it.
    behind = [re.escape(one[:1]) + "?" * bool(one) + re.escape(one[1:]) for one in others]
    return re.compile("[^。]*?".join([re.escape(first), *behind]))


def _plain(text: str) -> str:
    """Return a text with its signs as masks write them: full-width ones at half width."""
    return unicodedata.normalize("NFKC", text)
