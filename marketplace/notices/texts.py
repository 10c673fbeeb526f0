"""What notices say, in the language of whoever reads."""

from collections.abc import Mapping
from dataclasses import dataclass

from marketplace.core.terms import marked
from marketplace.notices.codes import CODED
from marketplace.notices.kinds import KINDS


@dataclass(frozen=True)
class Worded:
    title: str
    body: str


def worded(kind: str, parameters: Mapping[str, object]) -> Worded:
    """Say a notice in the active language."""
    told = {
        name: str(CODED[name].get(str(value), value)) if name in CODED else str(value)
        for name, value in parameters.items()
    }
    if "provisional" in parameters:
        told["day"] = marked(told["day"], is_provisional=True)
    text = KINDS[kind]
    return Worded(str(text.title) % told, str(text.body) % told)
