"""What is wrong with a labelled set or with a file of one."""

from collections.abc import Mapping
from types import MappingProxyType

SENTENCES: Mapping[str, str] = MappingProxyType(
    {
        "bad-scheme": "The scheme is not one: {reason}. Correct it.",
        "bad-config": "The labelling configuration cannot be read: {reason}. Correct it.",
        "bad-value": "Item {item}: {reason}. Correct the label.",
        "bad-task": "Task {item}: {reason}. Correct the file.",
        "bad-record": "Line {item}: {reason}. Correct the file.",
        "duplicate-item": "Item {item} stands twice. Give each item a name of its own.",
        "no-accepted-label": "Item {item} has no accepted label. Leave it out, or accept one.",
        "bad-shares": "The shares of the splits must be above 0 and add up to 1.",
        "no-key": "Item {item} has no {reason}, by which the set is to be split.",
        "split-leaks": "The splits leak: {reason}",
    }
)
"""What a code says, for whoever has no translation of it."""


class FormatError(ValueError):
    """Refuse a labelled set or a file of one; `code` and `parameters` let a page translate it."""

    def __init__(self, code: str, *, item: str = "", reason: str = "") -> None:
        self.code = code
        self.parameters = {"item": item, "reason": reason}
        super().__init__(SENTENCES[code].format(**self.parameters))
