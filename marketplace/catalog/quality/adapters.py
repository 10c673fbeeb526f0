"""Read rules as people and programs send them, and say what is wrong with them."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from desensitize.errors import DesensitizeError
from desensitize.quality import Rule, rules_from
from marketplace.core import Invalid

SENTENCES: Mapping[str, Promise] = {
    "quality-rule-unread": gettext_lazy(
        "The rule cannot be read. Give its kind, its columns, its tolerance and what follows when "
        "it fails."
    ),
    "quality-kind-unknown": gettext_lazy("There is no kind of rule named “%(kind)s”."),
    "quality-part-unknown": gettext_lazy("A rule of kind “%(kind)s” has no part named “%(part)s”."),
    "quality-columns-wrong": gettext_lazy(
        "A rule of kind “%(kind)s” is about %(least)s to %(most)s columns, each named once."
    ),
    "quality-type-unknown": gettext_lazy("There is no type named “%(type)s”."),
    "quality-bounds-wrong": gettext_lazy(
        "Give a lower bound, an upper one or both, as numbers or as dates (YYYY-MM-DD), the lower "
        "one not above the upper."
    ),
    "quality-pattern-wrong": gettext_lazy(
        "The pattern cannot be read. Write a regular expression of at most %(limit)s characters, "
        "without look-around and back-references."
    ),
    "quality-codes-wrong": gettext_lazy(
        "Give a list of 1 to %(limit)s codes, each once and not empty."
    ),
    "quality-comparison-wrong": gettext_lazy(
        "Compare the sum of 1 to %(limit)s columns with the sum of others, by <, <=, =, >= or >."
    ),
    "quality-reference-wrong": gettext_lazy(
        "Name the dataset, and the column of it in which the values stand."
    ),
    "quality-days-wrong": gettext_lazy("Give the days as a whole number from 0 to %(limit)s."),
    "quality-tolerance-wrong": gettext_lazy(
        "Give the tolerance as a share from 0 to 1, or as a whole number of rows."
    ),
    "quality-severity-unknown": gettext_lazy("A rule that fails either “blocks” or “warns”."),
    "quality-too-many": gettext_lazy("Give at most %(limit)s rules."),
    "quality-repeated": gettext_lazy(
        "Rules %(first)s and %(second)s are the same. Keep one of them."
    ),
}
"""One sentence a code of `desensitize.quality_sentences`."""


def sentence_of(error: DesensitizeError) -> str:
    """Say in the reader's language what is wrong with a rule."""
    sentence = str(SENTENCES[error.code]) % error.parameters
    if error.parameters.get("nearest"):
        sentence += " " + _("Did you mean “%(name)s”?") % {"name": error.parameters["nearest"]}
    return sentence


def rules_read(given: Sequence[Mapping[str, Any]]) -> tuple[Rule, ...]:
    """Read rules; what is wrong stands under the place of its rule, from 1.

    Raises:
        Invalid: with the code of the first fault.
    """
    faults: dict[str, list[str]] = {}
    code = ""
    for place, one in enumerate(given, start=1):
        try:
            Rule.from_dict(one)
        except DesensitizeError as error:
            faults[f"rules.{place}"] = [sentence_of(error)]
            code = code or error.code
    if faults:
        raise Invalid(_("Some rules need corrections."), code=code, fields=faults)
    try:
        return rules_from(list(given))
    except DesensitizeError as error:
        sentence = sentence_of(error)
        raise Invalid(sentence, code=error.code, fields={"rules": [sentence]}) from error
