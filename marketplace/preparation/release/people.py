"""Which versions are about the same people, and whether they were tried together."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.db.models import Exists, OuterRef, Q, QuerySet

from marketplace.catalog.lineage.models import Origin
from marketplace.catalog.lineage.selectors import origin_of_rows
from marketplace.catalog.version.models import DatasetVersion
from marketplace.preparation.release.models import (
    Composition,
    PeopleComparison,
    PeopleSketch,
    PublishedVersion,
)
from marketplace.preparation.release.selectors import policy_that_made
from marketplace.preparation.report.models import RiskReport, Verdict
from marketplace.preparation.report.states import ReportState


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
        """Return whether both have yet to be tried before the version may follow."""
        return self.decides and self.tried is None

    @property
    def is_refused(self) -> bool:
        """Return whether the version must not follow, by the centre's limit of today."""
        if self.tried is None or not self.decides:
            return False
        high = self.tried.attack["high"]
        most: float = settings.CENTRE["ATTACK_EXCESS"]
        return not self.tried.passed or high is None or high > most


@dataclass(frozen=True)
class Stood:
    """Say in which version the people of a source stand with what identifies them.

    That is the source itself; or, where the centre made its rows of another version, by `origin`,
    the source of that: nobody is in it who is not in that one.
    """

    version: DatasetVersion
    origin: Origin | None = None


def where_people_stand(source: DatasetVersion) -> Stood:
    """Return where the people of a source stand with what identifies them."""
    origin = origin_of_rows(source)
    if origin is None or origin.upstream_version is None:
        return Stood(source)
    return Stood(origin.upstream_version.source, origin)


def comparisons_of(source_id: UUID) -> QuerySet[PeopleComparison]:
    """Return what was found of a source and others by all their rows, and still holds.

    What was found by where a version came from falls with that origin.
    """
    rows = PeopleComparison.objects.filter(Q(version=source_id) | Q(other=source_id))
    return rows.filter(origin__withdrawn_at=None, other_origin__withdrawn_at=None)


def earlier_releases(version: DatasetVersion) -> QuerySet[DatasetVersion]:
    """Return the masked versions of the same people as a version's that were let out, oldest first.

    They are of the version's source itself, of sources that by their sketches share people with it
    or may, unless all rows show that they do not, and of those of the same dataset that have no
    sketch, whatever became of their listings. What concerns nobody is none.
    """
    source_id = version.parent_id or version.pk
    apart = comparisons_of(source_id).filter(are_apart=True)
    others = (
        PeopleSketch.objects.filter(others__version=source_id)
        .exclude(version__in=apart.values("version_id"))
        .exclude(version__in=apart.values("other_id"))
        .values("version_id")
    )
    same = (
        Q(parent=source_id)
        | Q(parent__in=others)
        | Q(dataset_id=version.dataset_id, parent__people_sketch=None)
    )
    rows = DatasetVersion.objects.filter(same, publication__isnull=False).exclude(pk=version.pk)
    return (
        rows.exclude(risk_reports__in=impersonal_reports())
        .select_related("dataset", "parent", "file", "publication")
        .order_by("publication__created_at")
        .distinct()
    )


def released_before(version: DatasetVersion) -> QuerySet[DatasetVersion]:
    """Return the earlier releases beside which a version was let out, or would be now.

    Of two that tell too much together, the later one must not stand.
    """
    rows = earlier_releases(version)
    own = PublishedVersion.objects.filter(version=version).first()
    return rows if own is None else rows.filter(publication__created_at__lt=own.created_at)


@dataclass(frozen=True)
class OfOthers:
    """An earlier release in which nobody of a source stands, by the `kinds` of numbers in both."""

    earlier: DatasetVersion
    kinds: tuple[str, ...]


def releases_of_others(version: DatasetVersion) -> list[OfOthers]:
    """Return what was let out and, by all rows, is of other people than a version, oldest first."""
    source_id, kinds = version.parent_id or version.pk, {}
    for found in comparisons_of(source_id).filter(are_apart=True):
        other = found.version_id if found.other_id == source_id else found.other_id
        kinds[other] = tuple(found.kinds)
    rows = DatasetVersion.objects.filter(parent__in=kinds, publication__isnull=False)
    return [
        OfOthers(earlier, kinds[earlier.source.pk])
        for earlier in rows.select_related("dataset", "parent", "publication").order_by(
            "publication__created_at"
        )
    ]


def impersonal_reports() -> QuerySet[RiskReport]:
    """Return the verdicts, not withdrawn, that a release concerns nobody."""
    found = RiskReport.objects.filter(verdict=Verdict.NO_PERSONAL_INFORMATION)
    return found.exclude(state=ReportState.WITHDRAWN)


def unsketched_sources(organization_id: UUID) -> QuerySet[DatasetVersion]:
    """Return the sources of what an organization let out that have no sketch and can have one.

    What concerns nobody needs none.
    """
    let_out = DatasetVersion.objects.filter(parent=OuterRef("pk"), publication__isnull=False)
    return DatasetVersion.objects.filter(
        Exists(let_out.exclude(risk_reports__in=impersonal_reports())),
        dataset__organization_id=organization_id,
        people_sketch=None,
        raw_destroyed_at=None,
    ).select_related("dataset", "file")


def together_with(version: DatasetVersion) -> list[Together]:
    """Hold a masked version against all earlier releases of the same people, oldest first."""
    found = list(earlier_releases(version))
    if not found:
        return []
    verdicts = _verdicts_of([version.pk, *(one.pk for one in found)])
    here, policy = verdicts.get(version.pk, ""), policy_that_made(version)
    if here == Verdict.NO_PERSONAL_INFORMATION or (policy and policy.synthetic is not None):
        # Nothing in it is of these people.
        return []
    tried = _newest_with(version.pk)
    return [
        Together(
            earlier,
            tried.get(earlier.pk),
            {here, verdicts.get(earlier.pk, "")} != {Verdict.DE_IDENTIFIED},
        )
        for earlier in found
    ]


def untried_with(version: DatasetVersion) -> list[DatasetVersion]:
    """Return the earlier releases of the same people that nobody tried together with a version."""
    return [one.earlier for one in together_with(version) if one.is_untried]


def _newest_with(version_id: UUID) -> dict[UUID, Composition]:
    """Return by the other version what was found last of a version and each other one."""
    # Whoever holds both does not care which came first.
    both = Q(version=version_id) | Q(earlier=version_id)
    return {
        one.version_id if one.earlier_id == version_id else one.earlier_id: one
        for one in Composition.objects.filter(both).order_by("created_at")
    }


def _verdicts_of(versions: Sequence[UUID]) -> dict[UUID, str]:
    """Return the verdict on each version as it was measured last, withdrawn or not."""
    reports = RiskReport.objects.filter(version__in=versions).order_by("measured_at")
    return dict(reports.values_list("version_id", "verdict"))
