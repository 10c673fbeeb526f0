from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from marketplace.ledger.facts import Fact


@dataclass(frozen=True, kw_only=True)
class PeopleCompared(Fact):
    """All rows of two sources were compared, whose sketches left open whether they share people."""

    kind = "preparation.people_compared"
    label = _("Sources compared by all rows")
    sha256: str
    other_sha256: str
    kinds: tuple[str, ...]
    are_apart: bool


@dataclass(frozen=True, kw_only=True)
class CompositionTried(Fact):
    """A masked version was tried together with an earlier release of the same people."""

    kind = "preparation.composition_tried"
    label = _("Tried with an earlier release of the same people")
    passed: bool


@dataclass(frozen=True, kw_only=True)
class CopyFinished(Fact):
    """A copy for one recipient was written and measured; its subject is what needs it."""

    kind = "preparation.copy_finished"
    label = _("Copy for the recipient written and measured")
    sha256: str
    passed: bool
    failures: tuple[str, ...]
    smallest_class: int
