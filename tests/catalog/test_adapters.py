"""Every refusal of the table reader has a sentence here, with the same facts in it."""

from __future__ import annotations

import string
from collections import Counter

import pytest
from django.utils import translation

from desensitize.errors import TABLE_SENTENCES, TableError
from desensitize.tables.kinds import MAGIC
from marketplace.catalog.version.adapters import IN_BYTES, PHRASES, SENTENCES, refusal_of

VALUES: dict[str, str | int] = {
    "extension": ".xlsx",
    "found": "a picture",
    "column": "amount",
    "encoding": "UTF-16",
    "type": "binary",
    "reason": "No space left on device",
    "seconds": "100",
}


def parameters_of(code: str) -> dict[str, str | int]:
    """Return a value for each parameter of the library's sentence."""
    names = [name for _, name, _, _ in string.Formatter().parse(TABLE_SENTENCES[code]) if name]
    return {name: VALUES.get(name, 1234567) for name in names}


def test_no_code_is_missing_and_none_is_left_over() -> None:
    assert set(SENTENCES) == set(TABLE_SENTENCES)


@pytest.mark.parametrize("code", sorted(TABLE_SENTENCES))
def test_the_sentence_tells_the_same_facts(code: str) -> None:
    refusal = refusal_of(TableError(code, **parameters_of(code)), field="upload")
    assert refusal.code == code
    assert refusal.fields == {"upload": [refusal.sentence]}
    shown = Counter(_shown(code, name, value) for name, value in parameters_of(code).items())
    told = {value: refusal.sentence.count(value) for value in shown}
    assert all(told[value] >= times for value, times in shown.items()), told
    assert "%(" not in refusal.sentence


def _shown(code: str, name: str, value: str | int) -> str:
    if isinstance(value, str):
        return value
    return "1.2" if code in IN_BYTES and name in ("bytes", "limit") else "1,234,567"


def test_what_the_content_is_can_be_translated() -> None:
    assert {found for _, found in MAGIC} <= set(PHRASES)


@pytest.mark.parametrize("code", sorted(TABLE_SENTENCES))
def test_every_sentence_is_told_in_chinese(code: str) -> None:
    error = TableError(code, **parameters_of(code))
    english = refusal_of(error).sentence
    with translation.override("zh-hans"):
        chinese = refusal_of(error).sentence
    assert chinese != english
    assert any("\u4e00" <= character <= "\u9fff" for character in chinese)


def test_what_the_content_is_is_told_in_chinese() -> None:
    with translation.override("zh-hans"):
        for english, phrase in PHRASES.items():
            assert str(phrase) != english
