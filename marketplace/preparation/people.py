"""Which versions are about the same people, and whether they were tried together."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.db.models import Q, QuerySet

from marketplace.catalog.models import DatasetVersion
from marketplace.preparation.models import (
    Composition,
    PeopleSketch,
    RiskReport,
    Verdict,
)
from marketplace.preparation.selectors import policy_that_made


@dataclass(frozen=True)
class Together:
    """An earlier release of the same people, and what was found of both together.

    `tried` is None until an attacker tried them. `decides` says that a release must not follow the
    other where both tell more than each: one of them is said to be anonymous. Two that are personal
    information have a basis in law each, or go nowhere.
    """

    earlier: DatasetVersion
    tried: Composition | None
    decides: bool

    @property
    def is_untried(self) -> bool:
        """Tell whether both have yet to be tried before the version may follow."""
        return self.decides and self.tried is None

    @property
    def is_refused(self) -> bool:
        """Tell whether the version must not follow, by the centre's limit of today."""
        if self.tried is None or not self.decides:
            return False
        high = self.tried.attack["high"]
        most: float = settings.CENTRE["ATTACK_EXCESS"]
        return not self.tried.passed or high is None or high > most


def earlier_releases(version: DatasetVersion) -> QuerySet[DatasetVersion]:
    """Return the masked versions of the same people as a version's that were let out, oldest first.

    They are of the version's source itself, of sources that its sketch knows again, and of those of
    the same dataset that have no sketch, whatever became of their listings. What concerns nobody
    is none.
    """
    source_id = version.parent_id or version.pk
    others = PeopleSketch.objects.filter(others__version=source_id).values("version_id")
    same = (
        Q(parent=source_id)
        | Q(parent__in=others)
        | Q(dataset_id=version.dataset_id, parent__people_sketch=None)
    )
    rows = DatasetVersion.objects.filter(same, publication__isnull=False).exclude(pk=version.pk)
    impersonal = RiskReport.objects.filter(verdict=Verdict.NO_PERSONAL_INFORMATION)
    return (
        rows.exclude(risk_reports__in=impersonal)
        .select_related("dataset", "parent", "file", "publication")
        .order_by("publication__created_at")
        .distinct()
    )


def unsketched_sources(organization_id: UUID) -> QuerySet[DatasetVersion]:
    """Return the sources of what an organization let out that have no sketch and can have one."""
    return (
        DatasetVersion.objects.filter(
            dataset__organization_id=organization_id,
            children__publication__isnull=False,
            people_sketch=None,
            raw_destroyed_at=None,
        )
        .select_related("dataset", "file")
        .distinct()
    )


def together_with(version: DatasetVersion) -> list[Together]:
    """Hold a masked version against all earlier releases of the same people, oldest first."""
    found = list(earlier_releases(version))
    here = _verdict_of(version.pk) if found else ""
    policy = policy_that_made(version) if found else None
    if here == Verdict.NO_PERSONAL_INFORMATION or (policy and policy.synthetic is not None):
        # Nothing in it is of these people.
        return []
    return [
        Together(
            earlier,
            _newest(version.pk, earlier.pk),
            {here, _verdict_of(earlier.pk)} != {Verdict.DE_IDENTIFIED},
        )
        for earlier in found
    ]


def untried_with(version: DatasetVersion) -> list[DatasetVersion]:
    """Return the earlier releases of the same people that nobody tried together with a version."""
    return [one.earlier for one in together_with(version) if one.is_untried]


def _newest(one: UUID, other: UUID) -> Composition | None:
    # Whoever holds both does not care which came first.
    both = Q(version=one, earlier=other) | Q(version=other, earlier=one)
    return Composition.objects.filter(both).order_by("-created_at").first()


def _verdict_of(version_id: UUID) -> str:
    """Return the verdict on a version as it was measured last, withdrawn or not."""
    reports = RiskReport.objects.filter(version_id=version_id).order_by("-measured_at")
    return reports.values_list("verdict", flat=True).first() or ""
