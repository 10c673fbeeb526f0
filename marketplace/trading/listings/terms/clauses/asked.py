"""What the doors ask of a clause: a value with its kind, its words, its limits and its default."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext as _

Words = str | Promise


class Unsaid(Enum):
    """That a value has no default: whoever offers has to say it."""

    UNSAID = "unsaid"


UNSAID = Unsaid.UNSAID


class Page(Enum):
    """A page that asks for what is changed most often first, and folds the rest."""

    OFFER = "offer"
    AMENDMENT = "amendment"


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A value of a clause, as a form and the API ask for it.

    label, help: what a form calls it, and says below it. for_programs: what the API says of it.
    usual: what an offer says where whoever makes it leaves the value out, at every door; a function
    is asked each time. Without one it is the value by which a clause binds nothing.
    only_if: the value of the same clause with which alone this one counts, as a name and a value.
    is_marked: a form marks it as one that has to be filled in.
    is_of_one_dataset: it is about the data or its buyer, and holds for no other data.
    first_on: the pages on which it stands first.
    """

    label: Words
    help: Words = ""
    for_programs: str = ""
    usual: Any = UNSAID
    only_if: tuple[str, str] | None = None
    is_marked: bool = False
    is_of_one_dataset: bool = False
    first_on: Sequence[Page] = ()

    def wrong(self, value: Any) -> str:
        """Say what is wrong with a value, "" where nothing is."""
        return ""

    def shown(self, value: Any) -> Any:
        """Return what a form shows of a value."""
        return value

    def read(self, value: Any, usual: Any) -> Any:
        """Return what the terms hold of what a form read."""
        return value


@dataclass(frozen=True, kw_only=True)
class Text(Asked):
    """What somebody writes, in so many lines."""

    longest: int
    lines: int = 1

    def wrong(self, value: Any) -> str:
        if len(value) > self.longest:
            return _("Use at most %(most)d characters.") % {"most": self.longest}
        return ""


@dataclass(frozen=True, kw_only=True)
class Whole(Asked):
    """A whole number; with an `empty`, a form's empty field is that number, and shows it so."""

    most: int
    least: int = 1
    empty: int | None = None

    def wrong(self, value: Any) -> str:
        if self.least <= value <= self.most or value == self.empty:
            return ""
        sentence = _("Choose 1 to %(most)d.") if self.least else _("Choose 0 to %(most)d.")
        return sentence % {"most": self.most}

    def shown(self, value: Any) -> Any:
        return None if value == self.empty else value

    def read(self, value: Any, usual: Any) -> Any:
        if value is not None:
            return value
        return usual if self.empty is None else self.empty


@dataclass(frozen=True, kw_only=True)
class Choice(Asked):
    """One of several answers; with a `none`, also no answer, which it words."""

    choices: type[TextChoices]
    none: Words = ""

    def wrong(self, value: Any) -> str:
        if value in self.choices.values or (self.none and not value):
            return ""
        return _("Choose one of the listed answers.")


@dataclass(frozen=True, kw_only=True)
class Flag(Asked):
    """Yes or no; a form that does not say yes says no."""


@dataclass(frozen=True, kw_only=True)
class Names(Asked):
    """Columns of the version that is offered; none for all."""

    def wrong(self, value: Any) -> str:
        return _("Name each column once.") if len(set(value)) < len(value) else ""

    def read(self, value: Any, usual: Any) -> Any:
        return tuple(value)


@dataclass(frozen=True, kw_only=True)
class Conditions(Asked):
    """Conditions on rows, all of which hold; none for every row."""


def usual_of(usual: Any | Callable[[], Any]) -> Any:
    """Return a default that holds now."""
    return usual() if callable(usual) else usual


def worded(choices: type[TextChoices], code: str) -> str:
    """Return the label of a code, or the code where it is not one of today's."""
    try:
        return str(choices(code).label)
    except ValueError:
        return str(code)
