"""Everything that the library names by a code has its words here."""

from __future__ import annotations

import re
import string
from pathlib import Path
from typing import Any

import pytest

import marketplace
from desensitize.detectors import DETECTORS, EVIDENCE
from desensitize.errors import CODES, SENTENCES, TABLE_SENTENCES, DesensitizeError
from desensitize.masks import MASKS, describe
from marketplace.catalog.version.adapters import SENTENCES as FILE_SENTENCES
from marketplace.preparation import adapters
from marketplace.preparation.adapters import RUN_SENTENCES, refusal_of, sentence_of
from marketplace.preparation.column.presentation import EVIDENCE_SENTENCES, KIND_LABELS
from marketplace.preparation.mask import words as mask_words
from marketplace.preparation.mask.words import masks_in_words, settings_in_words


def parameters_of(template: str) -> dict[str, Any]:
    """Return a value for each parameter of a library sentence."""
    names = [name for _text, name, _form, _kind in string.Formatter().parse(template) if name]
    return dict.fromkeys(names, 7)


def test_every_code_has_a_sentence() -> None:
    assert CODES <= set(adapters.SENTENCES) | set(FILE_SENTENCES)
    assert set(adapters.LIBRARY_SENTENCES) <= CODES
    assert set(RUN_SENTENCES) & CODES == set()


@pytest.mark.parametrize("code", sorted(CODES))
def test_sentence_of_a_library_error(code: str) -> None:
    error = DesensitizeError(code, **parameters_of(SENTENCES[code]))
    refusal = refusal_of(error, field="policy")
    assert refusal.code == code
    assert refusal.fields == {"policy": [refusal.sentence]}
    assert "%(" not in refusal.sentence
    assert refusal.sentence.endswith((".", "?"))


@pytest.mark.parametrize("code", sorted(RUN_SENTENCES))
def test_sentence_of_a_failed_run(code: str) -> None:
    assert "%(" not in sentence_of(code, {"attempts": 3})


def test_unknown_code_still_says_what_to_do() -> None:
    assert "Tell it this run's number" in sentence_of("from-another-release", {})


def test_nearest_name_is_offered() -> None:
    said = sentence_of("unknown-column", {"column": "agee", "nearest": "age"})
    assert said == "The table has no column “agee”. Did you mean “age”?"


def test_kinds_evidence_and_masks_have_words() -> None:
    assert set(KIND_LABELS) == set(DETECTORS)
    assert set(EVIDENCE_SENTENCES) == set(EVIDENCE)
    assert set(mask_words.MASK_LABELS) == set(mask_words.MASK_HELP) == set(MASKS)
    options = {option.name for mask in describe() for option in mask.options}
    assert set(mask_words.OPTION_LABELS) == options | {mask_words.FROM_TO}
    choices = {
        choice for mask in describe() for option in mask.options for choice in option.choices
    }
    assert set(mask_words.CHOICE_LABELS) == choices | {*mask_words.AS_PAIR.choices}
    assert {mask.label for mask in masks_in_words()} == {
        str(label) for label in mask_words.MASK_LABELS.values()
    }


def test_file_codes_are_the_catalogs() -> None:
    assert set(adapters.SENTENCES) & set(TABLE_SENTENCES) == {"write-failed"}


def test_settings_are_said_in_words() -> None:
    options = {"width": 2.5, "origin": 10, "unit": "month", "hierarchy": [["a", "b"]]}
    assert settings_in_words(options) == "width: 2.5; start: 10; unit: month"


def test_no_sentence_puts_an_article_before_what_it_is_told() -> None:
    """So that none speaks of “a e-mail address”: what is put in may begin with any letter."""
    catalogs = sorted(Path(marketplace.__file__).parent.rglob("django.po"))
    assert len(catalogs) > 10
    wrong = [
        (catalog.parts[-5], sentence)
        for catalog in catalogs
        for entry in catalog.read_text(encoding="utf-8").split("\n\n")
        for sentence in ["".join(re.findall(r'"(.*)"', entry.partition("msgstr")[0]))]
        if re.search(r"\b[Aa]n? [“‘*]?(%\(|%s|\{)", sentence)
    ]
    assert wrong == []


@pytest.mark.parametrize("code", sorted(EVIDENCE))
def test_evidence_reads_right_of_every_kind(code: str) -> None:
    """Each sentence with each kind: the article, if any, goes with the word behind it."""
    for kind in KIND_LABELS.values():
        said = str(EVIDENCE_SENTENCES[code]) % {"share": 98, "rows": 3, "word": "x", "kind": kind}
        assert not re.search(r"\ba [aeiou]|\ban [^aeiou]", said), said
