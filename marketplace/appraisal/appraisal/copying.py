"""The figures of a valuation of other data of the organization, as the beginning of a new one."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from marketplace.appraisal.appraisal.forms import Guide
from marketplace.appraisal.appraisal.models import Appraisal, Method
from marketplace.appraisal.appraisal.selectors import Basis, appraisals_to_copy_for
from marketplace.core import Actor, visible

MOST_OFFERED: Final = 20
OF_THE_RIGHT: Final = frozenset(
    {"remaining_life_years", "total_life_years", "legal_term", "income_rights"}
)
"""What the certificate of the data says that is valued now, with its sources."""


@dataclass(frozen=True)
class Former:
    """A valuation whose figures can be copied."""

    appraisal: Appraisal

    @property
    def key(self) -> UUID:
        return self.appraisal.pk

    @property
    def in_words(self) -> str:
        """Say of what it is, of which day, and by which approaches."""
        methods = [str(one.get_method_display()) for one in self.appraisal.approaches.all()]
        return _("%(title)s, valued on %(day)s: %(approaches)s") % {
            "title": self.appraisal.dataset.title,
            "day": date_format(self.appraisal.valued_on, "SHORT_DATE_FORMAT"),
            "approaches": ", ".join(methods),
        }


@dataclass(frozen=True)
class CopiedFigures:
    """What the forms of each approach show at first, and in sentences what was not taken."""

    source: Appraisal
    approaches: Mapping[str, Mapping[str, Any]]
    notes: tuple[str, ...]


def formers_of(basis: Basis, *, by: Actor) -> list[Former]:
    """Return the valuations whose figures can be the beginning of another, newest first."""
    rows = appraisals_to_copy_for(basis.dataset, by=by).order_by("-created_at")
    return [Former(one) for one in rows[:MOST_OFFERED]]


def copied_figures(
    basis: Basis,
    suggested: Mapping[str, Mapping[str, Any]],
    appraisal_id: UUID,
    *,
    by: Actor,
) -> CopiedFigures:
    """Return the figures of a valuation of the organization, with what is said of this right.

    Raises:
        NotFound: there is no such valuation of the organization among those the actor may see.
    """
    source = visible(appraisals_to_copy_for(basis.dataset, by=by), pk=appraisal_id)
    stored = Guide.values_of(source)
    approaches = {
        method: {**values, **_of_the_right(suggested.get(method, {}))}
        for method, values in stored.items()
    }
    notes = [
        _("The years of the right are those of certificate %(number)s, not of the other data.")
        % {"number": basis.certificate.number}
    ]
    if Method.MARKET in stored:
        notes.append(
            _("How alike the past trades are was said of the other data: look at each of them.")
        )
    if not Guide.holds_all_of(source):
        notes.append(
            _("It has inputs that a program sent and that have no field here; those are left out.")
        )
    return CopiedFigures(source, approaches, tuple(notes))


def _of_the_right(suggested: Mapping[str, Any]) -> dict[str, Any]:
    return {
        name: value
        for name, value in suggested.items()
        if name.removesuffix("_source") in OF_THE_RIGHT
    }
