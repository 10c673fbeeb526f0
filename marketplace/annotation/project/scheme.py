"""The scheme of a project: read as it is kept, and as an officer writes its classes."""

import re
from collections.abc import Mapping, Sequence

from django.utils.translation import gettext as _

from marketplace.annotation.kinds.kind import Answer, LabelClass, Scheme
from marketplace.annotation.kinds.registry import KINDS
from marketplace.core import Invalid

KEYS = "123456789abcdefghijklmnopqrtvwxyz"
"""One key a class. `s` skips and `u` goes back, so neither is a class."""
MOST_CLASSES = 30
LONGEST_LABEL = 40
CODE = re.compile(r"[a-z0-9][a-z0-9_-]{0,29}")


def scheme_of(kind: str, classes: Sequence[Mapping[str, str]]) -> Scheme:
    """Read a scheme as it is kept; classes take their keys in their order."""
    pairs = zip(classes, KEYS, strict=False)
    found = (LabelClass(one["code"], one["label"], key) for one, key in pairs)
    return Scheme(KINDS[kind], tuple(found))


def checked_answer(scheme: Scheme, answer: Answer, texts: Mapping[str, str]) -> Answer:
    """Return an answer in the one order in which it is kept.

    Raises:
        Invalid: it does not fit the scheme, or the texts that it marks (`label-does-not-fit`).
    """
    sentence = scheme.kind.fault(scheme, answer, texts)
    if sentence:
        raise Invalid(sentence, code="label-does-not-fit", fields={scheme.kind.field: [sentence]})
    return scheme.kind.ordered_answer(scheme, answer, texts)


def classes_problem(kind: str, classes: Sequence[Mapping[str, str]]) -> str:
    """Say what is wrong with the classes of a scheme, "" where nothing is."""
    if kind in KINDS and not KINDS[kind].has_classes:
        return _("What you ask for has no classes: leave them empty.") if classes else ""
    if not 2 <= len(classes) <= MOST_CLASSES:
        return _("Name 2 to %(most)d classes.") % {"most": MOST_CLASSES}
    for one in classes:
        if not CODE.fullmatch(one["code"]):
            return _(
                "The code of a class has 1 to 30 small Latin letters, digits, hyphens or low lines."
            )
        if not 1 <= len(one["label"]) <= LONGEST_LABEL:
            return _("Each class needs a name of at most %(most)d characters.") % {
                "most": LONGEST_LABEL
            }
    if len({one["code"] for one in classes}) < len(classes):
        return _("Two classes have the same code.")
    return ""


def written_classes(text: str) -> list[dict[str, str]]:
    """Read classes as an officer writes them, one `code = name` a line."""
    lines = (line.partition("=") for line in text.splitlines() if line.strip())
    return [{"code": code.strip(), "label": label.strip()} for code, _sign, label in lines]
