from django.utils.translation import gettext_lazy as _

from marketplace.ledger.facts import Fact


class PeopleCompared(
    Fact, kind="preparation.people_compared", label=_("Sources compared by all rows")
):
    """All rows of two sources were compared, whose sketches left open whether they share people."""

    sha256: str
    other_sha256: str
    kinds: tuple[str, ...]
    are_apart: bool


class CompositionTried(
    Fact,
    kind="preparation.composition_tried",
    label=_("Tried with an earlier release of the same people"),
):
    """A masked version was tried together with an earlier release of the same people."""

    passed: bool


class CopyFinished(
    Fact, kind="preparation.copy_finished", label=_("Copy for the recipient written and measured")
):
    """A copy for one recipient was written and measured; its subject is what needs it."""

    sha256: str
    passed: bool
    failures: tuple[str, ...]
    smallest_class: int
