"""Whether persons withdrew rows that data was made with."""

from collections.abc import Collection
from uuid import UUID

from marketplace.catalog.version.models import DatasetVersion
from marketplace.core.reading import read_once, remember
from marketplace.preparation.exclusion.excluding import exclusions_of_release
from marketplace.trading.orders.person_request.choices import PersonRequestKind
from marketplace.trading.orders.person_request.models import PersonRequest
from marketplace.trading.orders.person_request.states import PersonRequestState

WITHDRAWN = (
    PersonRequestState.PROVED,
    PersonRequestState.GRANTED,
    PersonRequestState.CONFIRMED,
    PersonRequestState.LEFT,
)
"""From the proof of who asks on no version is made with the rows; a refusal lets them in again."""


def holds_withdrawn_rows(versions: Collection[DatasetVersion]) -> bool:
    """Return whether one of some masked versions was made with rows that persons withdrew.

    While rows are looked for nobody knows, and the answer is yes.
    """
    return any(
        _holds(version, request)
        for request in _asked_of(frozenset(version.dataset_id for version in versions))
        for version in versions
        if version.dataset_id == request.dataset_id
    )


def read_withdrawn(datasets: Collection[UUID]) -> None:
    """Read at once, for the rest of a look, who withdrew rows of each of some datasets."""
    found = _asked_of(frozenset(datasets))
    for dataset in datasets:
        of_it = tuple(each for each in found if each.dataset_id == dataset)
        remember(_asked_of, of_it, frozenset({dataset}))


@read_once
def _asked_of(datasets: frozenset[UUID]) -> tuple[PersonRequest, ...]:
    asked = PersonRequest.objects.filter(dataset__in=datasets, state__in=WITHDRAWN)
    return tuple(asked.exclude(kind=PersonRequestKind.ACCESS))


def _holds(version: DatasetVersion, request: PersonRequest) -> bool:
    if set(request.codes) <= set(exclusions_of_release(version)):
        return False
    found = {one["version"]: one["rows"] for one in request.found}
    # What could not be read may hold them; what was not there to be searched names nobody.
    return request.searched_at is None or found.get(str(version.source.pk), 0) != 0
