"""The four ways in which an act refuses. Doors translate them; acts raise nothing else."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True)
class Instead:
    """Where whoever is refused goes on: the names of a page and of an API view, and what it is."""

    page: str
    api: str
    pk: UUID
    label: str


class Refusal(Exception):
    """A refusal with a sentence that says what is wrong and what to do, and perhaps where."""

    kind = "refusal"

    def __init__(self, sentence: str, *, code: str = "", instead: Instead | None = None) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.code = code or self.kind
        self.instead = instead


class NotFound(Refusal):
    """There is no such thing among those that the actor may see."""

    kind = "not-found"


class NotAllowed(Refusal):
    """The actor may see the thing but not do this with it."""

    kind = "not-allowed"


class WrongState(Refusal):
    """The thing is in a state in which this cannot be done."""

    kind = "wrong-state"


class Invalid(Refusal):
    """What was given breaks a rule; `fields` names which, `""` is the whole."""

    kind = "invalid"

    def __init__(
        self, sentence: str, *, code: str = "", fields: Mapping[str, list[str]] | None = None
    ) -> None:
        super().__init__(sentence, code=code)
        self.fields: dict[str, list[str]] = dict(fields or {})
