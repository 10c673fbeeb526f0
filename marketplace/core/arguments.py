"""What acts take, said once: each argument in the signature of its act.

    def open_feed(dataset_id: UUID, *, grace_hours: Annotated[int, Whole(…)] = 24, by: Actor)

Name, type and default stand there as of any function; the kind of field in `Annotated` has the
limits and the words. Forms, serializers and the description of the API are made from it by
`marketplace.web.taking`, and the act checks what it was given by `refused` or by its kind. A frozen
dataclass is read in the same way: it is a group of arguments.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import MISSING, dataclass, fields, is_dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from inspect import Parameter, signature
from typing import TYPE_CHECKING, Any, get_type_hints

from django.db.models import Choices, Model
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marketplace.core.errors import Invalid
from marketplace.core.reasons import longest_of

if TYPE_CHECKING:
    from django.utils.functional import Promise, _StrPromise

    Words = _StrPromise | str
    Offered = type[Choices] | Iterable[tuple[str, Words | Promise]] | Callable[[], Iterable[Any]]

LONGEST_COLUMN = 200
"""So many characters has the name of a column at most."""

Taker = Callable[..., Any]
"""An act, or a frozen dataclass that one takes."""


@dataclass(frozen=True, kw_only=True)
class Kind:
    """A kind of field. `told` is what the description of the API says, in English."""

    label: Words = ""
    help: Words = ""
    told: str = ""

    def refused(self, value: Any) -> str:
        """Say what is wrong with a value of the right type; "" where nothing is."""
        return ""


@dataclass(frozen=True, kw_only=True)
class Text(Kind):
    """A text of at most so many characters, in lines where there are several; 0 for no limit.

    A page never shows again what is secret. What is hidden its script or the page itself fills in.
    """

    longest: int = 0
    lines: int = 1
    is_stripped: bool = True
    is_secret: bool = False
    is_hidden: bool = False

    def refused(self, value: str) -> str:
        """Say that it is too long."""
        return too_long(self.longest) if self.longest and len(value) > self.longest else ""


@dataclass(frozen=True, kw_only=True)
class Reason(Text):
    """A reason that is kept in a column, whose length is its limit."""

    def given(self, reason: str, *, field: str = "reason") -> str:
        """Return a reason that can be kept, without its margins.

        Raises:
            Invalid: there is none (`reason-missing`), or it is too long (`too-long`).
        """
        reason = reason.strip()
        if not reason:
            sentence = _("Give a reason: it is kept and can be read later.")
            raise Invalid(sentence, code="reason-missing", fields={field: [sentence]})
        if sentence := self.refused(reason):
            raise Invalid(sentence, code="too-long", fields={field: [sentence]})
        return reason


def reason_of(model: type[Model], column: str = "reason") -> Reason:
    """Return the kind of a reason that a column keeps."""
    return Reason(label=gettext_lazy("Reason"), longest=longest_of(model, column), lines=3)


@dataclass(frozen=True, kw_only=True)
class Email(Text):
    """An address of e-mail."""

    longest: int = 254


@dataclass(frozen=True, kw_only=True)
class RequestKey(Text):
    """A key under which the same request is one; a page makes it, hidden."""

    longest: int = 64


@dataclass(frozen=True, kw_only=True)
class Flag(Kind):
    """Yes or no. A page cannot tell a box that is not ticked from none, so the default is no."""


@dataclass(frozen=True, kw_only=True)
class Decision(Kind):
    """Yes or no, of which one has to be said: what a page offers for each."""

    yes: Words
    no: Words


@dataclass(frozen=True, kw_only=True)
class Choice(Kind):
    """One of a set of values; `choices` may be a function that is asked each time.

    `nothing` is what a page shows first, so that nobody sends the first value unseen. It shows all
    of them beside each other where `is_laid_out`.
    """

    choices: Offered
    nothing: Words = ""
    is_laid_out: bool = False

    def refused(self, value: str) -> str:
        """Say that there is no such value."""
        return "" if value in values_of(self.choices) else _("Choose one of what is offered.")


@dataclass(frozen=True, kw_only=True)
class Several(Kind):
    """Any of a set of values, which a page offers to tick."""

    choices: Offered

    def refused(self, value: Iterable[str]) -> str:
        """Say that there is no such value."""
        unknown = {*value} - {*values_of(self.choices)}
        return _("Choose only values that are offered.") if unknown else ""


@dataclass(frozen=True, kw_only=True)
class Whole(Kind):
    """A whole number within limits."""

    least: int | None = None
    most: int | None = None

    def refused(self, value: int) -> str:
        """Say between what it has to lie."""
        return _out_of(value, self.least, self.most)


@dataclass(frozen=True, kw_only=True)
class Number(Kind):
    """An exact number of at most so many digits, so many of them after the point."""

    digits: int
    places: int
    least: Decimal | None = None
    most: Decimal | None = None

    def refused(self, value: Decimal) -> str:
        """Say between what it has to lie."""
        return _out_of(value, self.least, self.most)


@dataclass(frozen=True, kw_only=True)
class Day(Kind):
    """A day, not before what `least` returns."""

    least: Callable[[], date] | None = None

    def refused(self, value: date) -> str:
        """Say that it is past."""
        if self.least is None or value >= self.least():
            return ""
        return _("Choose today or a later day.")


@dataclass(frozen=True, kw_only=True)
class Moment(Kind):
    """A day and a time of it."""


@dataclass(frozen=True, kw_only=True)
class Key(Kind):
    """The key of a row; a page offers those that may be named."""


@dataclass(frozen=True, kw_only=True)
class Keys(Kind):
    """The keys of at most so many rows, 0 for no limit; a page offers those that may be named."""

    most: int = 0

    def refused(self, value: Collection[Any]) -> str:
        """Say that there are too many."""
        too_many = self.most and len(value) > self.most
        return _("Give at most %(most)s.") % {"most": self.most} if too_many else ""


@dataclass(frozen=True, kw_only=True)
class Places(Kind):
    """Places in a list, counted from 1; a page offers those of its thing."""


@dataclass(frozen=True, kw_only=True)
class Column(Kind):
    """The name of a column; a page offers those of its thing."""

    longest: int = LONGEST_COLUMN


@dataclass(frozen=True, kw_only=True)
class Columns(Kind):
    """The names of at most so many columns, 0 for no limit; a page offers those of its thing."""

    most: int = 0
    longest: int = LONGEST_COLUMN

    def refused(self, value: Collection[str]) -> str:
        """Say that there are too many."""
        too_many = self.most and len(value) > self.most
        return _("Give at most %(most)s.") % {"most": self.most} if too_many else ""


@dataclass(frozen=True, kw_only=True)
class Names(Kind):
    """At most so many names, each of at most so many characters; 0 for no limit.

    A page takes them with commas between them, or one in each of several lines.
    """

    most: int = 0
    longest: int = 0
    lines: int = 1

    def refused(self, value: Collection[str]) -> str:
        """Say that there are too many, or that one is too long."""
        if self.most and len(value) > self.most:
            return _("Give at most %(most)s.") % {"most": self.most}
        if self.longest and any(len(name) > self.longest for name in value):
            return _("Shorten each to %(most)d characters.") % {"most": self.longest}
        return ""


@dataclass(frozen=True, kw_only=True)
class Upload(Kind):
    """A file, as one part of a multipart request; the act says what is wrong with it."""


@dataclass(frozen=True, kw_only=True)
class Group(Kind):
    """A frozen dataclass of arguments: an object to the API, and its fields to a page."""

    of: Taker
    name: str
    about: str


@dataclass(frozen=True)
class Argument:
    """What an act takes by a name; `given` returns its default, None where it has none."""

    name: str
    kind: Kind
    given: Callable[[], Any] | None

    @property
    def is_required(self) -> bool:
        return self.given is None


@cache
def arguments_of(taker: Taker) -> tuple[Argument, ...]:
    """Return what an act or a dataclass takes, in its order."""
    hints = get_type_hints(taker, include_extras=True)
    made = {one.name: one.default_factory for one in fields(taker)} if is_dataclass(taker) else {}
    return tuple(
        Argument(name, kind, _default(taken.default, made.get(name, MISSING)))
        for name, taken in signature(taker).parameters.items()
        for kind in getattr(hints.get(name), "__metadata__", ())
        if isinstance(kind, Kind)
    )


def _default(said: Any, made: Any) -> Callable[[], Any] | None:
    if made is not MISSING:
        asked: Callable[[], Any] = made
        return asked
    return None if said is Parameter.empty else lambda: said


def argument_of(taker: Taker, name: str) -> Argument:
    """Return one of the arguments."""
    (found,) = (one for one in arguments_of(taker) if one.name == name)
    return found


def refused(taker: Taker, /, **given: Any) -> dict[str, list[str]]:
    """Say by name what is wrong with values of the right types; empty where nothing is."""
    said = {
        one.name: one.kind.refused(given[one.name])
        for one in arguments_of(taker)
        if given.get(one.name) is not None
    }
    return {name: [sentence] for name, sentence in said.items() if sentence}


def values_of(choices: Any) -> list[str]:
    """Return the values among which one chooses."""
    if isinstance(choices, type):
        return [str(value) for value in getattr(choices, "values", ())]
    offered = choices() if callable(choices) else choices
    return [str(value) for value, _label in offered]


def too_long(most: int) -> str:
    """Say how long a text may be."""
    return _("Shorten this to %(most)d characters.") % {"most": most}


def _out_of(value: Any, least: Any, most: Any) -> str:
    if (least is None or value >= least) and (most is None or value <= most):
        return ""
    if most is None:
        return _("Give at least %(least)s.") % {"least": least}
    if least is None:
        return _("Give at most %(most)s.") % {"most": most}
    return _("Give %(least)s to %(most)s.") % {"least": least, "most": most}
