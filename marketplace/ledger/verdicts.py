"""What the verifier found, in the language of whoever reads it."""

from __future__ import annotations

from django.utils.translation import gettext

from marketplace.ledger.verifier.verify import Sentence


def in_words(sentence: Sentence) -> str:
    """Say a sentence of the verifier. The program itself speaks English alone."""
    return gettext(sentence.words).format(**sentence.shown)
