"""What every attacker is given, and what it returns."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any, Protocol

from desensitize.attacks.excess import Excess
from desensitize.attacks.reasons import Reason, Why
from desensitize.policy import Policy
from desensitize.privacy.hierarchy import Hierarchy


@dataclass(frozen=True)
class Earlier:
    """Hold a release of the same people that went out before.

    `source` is the table it was made from; None where only the release is at hand.
    """

    released: Path
    source: Path | None = None


@dataclass(frozen=True)
class Release:
    """Hold what the centre knows of a release: both tables as Parquet files, and how one came.

    `known` is the most columns of a person that an attacker is taken to know exactly. `person`
    names the column of the source that tells persons apart; without one each row is a person.
    `cleared` are columns that look personal and are not, as somebody decided who looked: they count
    as nothing personal unless identifiers were seen in their cells, and are attacked all the same.
    `identifying` are released columns that identify persons, whatever the policy calls them.
    `changed` are columns whose values were changed by noise or exchange, beside the policy's.
    `written` names the bytes themselves, a Parquet file or a workbook, where `released` is another
    reading of them.
    `is_synthetic` says that rows were drawn anew, so that no row belongs to anybody. `seed`
    starts every draw: the same release is judged the same way twice. `make` makes such a release
    of another table (source, target); without it the policy is run.
    """

    source: Path
    released: Path
    quasi_identifiers: tuple[str, ...] = ()
    sensitive: tuple[str, ...] = ()
    person: str | None = None
    hierarchies: Mapping[str, Hierarchy] = field(default_factory=dict)
    policy: Policy | None = None
    earlier: tuple[Earlier, ...] = ()
    known: int = 4
    cleared: tuple[str, ...] = ()
    identifying: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    is_synthetic: bool = False
    seed: int = 0
    make: Callable[[Path, Path], object] | None = None
    written: Path | None = None

    @property
    def file(self) -> Path:
        """Name the file that goes out."""
        return self.written or self.released


@dataclass(frozen=True)
class Attack:
    """Hold how far one attacker came.

    `knows` says in English what was known; `worst` names the worst case, by columns, files and
    counts but never by a person's values. `not_tried` names what was left out and why: where
    anything stands there that could matter, the release is not measured by this attacker.
    `excess` is None where the attacker could not play at all. Who has nothing to play with, because
    the release is of another kind or no earlier one is known, reaches exactly nothing and says so
    in `knows`.

    `breaks` are rules that the release breaks whatever the excess, for which it fails. `certain`
    has for each sensitive column the share of rows of which the attacker knows the value for sure.
    `figures` are further figures by name.
    """

    name: str
    knows: str
    excess: Excess | None
    limit: float
    worst: Mapping[str, Any] = field(default_factory=dict)
    not_tried: tuple[Reason, ...] = ()
    breaks: tuple[Reason, ...] = ()
    certain: Mapping[str, float] = field(default_factory=dict)
    figures: Mapping[str, float] = field(default_factory=dict)

    @property
    def passed(self) -> bool:
        """Return whether the release withstands: even the upper bound is within the limit."""
        if self.excess is None or self.not_tried or self.breaks:
            return False
        return self.excess.high <= self.limit

    @property
    def failed(self) -> bool:
        """Return whether a rule is broken or more was reached than the limit, and not by luck.

        Neither `passed` nor `failed` holds where it was not measured.
        """
        return bool(self.breaks) or (self.excess is not None and self.excess.is_above(self.limit))

    def as_dict(self) -> dict[str, Any]:
        """Return the result as plain values."""
        excess = self.excess
        return {
            "name": self.name,
            "knows": self.knows,
            "rate": None if excess is None else excess.rate,
            "control": None if excess is None else excess.control,
            "excess": None if excess is None else excess.value,
            "low": None if excess is None else excess.low,
            "high": None if excess is None else excess.high,
            "trials": 0 if excess is None else excess.trials,
            "worst": dict(self.worst),
            "tried": excess is not None,
            "not_tried": [reason.as_dict() for reason in self.not_tried],
            "breaks": [reason.as_dict() for reason in self.breaks],
            "passed": self.passed,
            "figures": dict(self.figures),
        }


class Play(Protocol):
    """Play one attack on a release.

    It is vectorized, keeps within a gigabyte at a million rows of twelve columns, and raises
    nothing but a DesensitizeError for a release that nobody could attack.
    """

    def __call__(self, release: Release, /, *, limit: float) -> Attack:
        """Return how far the attacker came."""
        ...


class Remedy(StrEnum):
    """What makes a release withstand an attacker."""

    NONE = "none"
    """No treatment of the policy: its releases are others, or drawn."""
    SHUFFLE = "shuffle"
    GENERALIZE = "generalize"
    """Less detail in what is known of a person."""
    PROTECT = "protect"
    """Less detail in the sensitive column that it tells."""

    @property
    def is_less_detail(self) -> bool:
        return self in (Remedy.GENERALIZE, Remedy.PROTECT)


@dataclass(frozen=True)
class Told:
    """A sentence on the worst case, by number where it differs; `%` fills it in as a reason's."""

    text: str | tuple[str, str]
    parameters: Mapping[str, Any]
    number: int = 0


@dataclass(frozen=True, kw_only=True)
class Attacker:
    """One attacker: how it plays, and all that there is to say of it.

    `doing` says what it does and `knows` what is known to it, as parts of a table. `nothing` is why
    there may be nothing for it to play. `tell_worst` words the worst case of an attack; None where
    it concerns no single people. `reasons` are those that it alone gives, `remedy` is what helps
    against it, `limit` what it may reach where that is less than all may. One that `asks_others`
    plays after them, and is given the limits too, what the others left, and a game.
    """

    name: str
    play: Callable[..., Attack]
    doing: str
    knows: str
    nothing: str = ""
    tell_worst: Callable[[Mapping[str, Any]], Told | None] = lambda _worst: None
    reasons: tuple[Why, ...] = ()
    remedy: Remedy = Remedy.GENERALIZE
    limit: float = 1.0
    asks_others: bool = False

    def __call__(self, release: Release, /, *, limit: float) -> Attack:
        return self.play(release, limit=limit)
