"""Destroy raw data once no run needs it: early, or when its day has come."""

from uuid import UUID

from django.db import transaction

from marketplace.catalog.version.models import DatasetVersion
from marketplace.catalog.version.selectors import raw_data_due
from marketplace.catalog.version.services import destroy_raw
from marketplace.core import Actor, WrongState, clock
from marketplace.jobs.rules import check_works
from marketplace.preparation.raw_data.rules import check_unused
from marketplace.preparation.version.locks import locked_source


@transaction.atomic
def destroy_raw_data(version_id: UUID, *, by: Actor) -> DatasetVersion:
    """Destroy the bytes of a source version for good; masked versions and reports stay.

    Destroying them again changes nothing.

    Raises:
        NotFound: there is no such source version among those the actor may see.
        NotAllowed: the actor is neither an officer of its organization nor the centre's software.
        WrongState: a run still needs them, or the content is under review.
    """
    version = locked_source(version_id, by=by)
    check_unused(version, by)
    return destroy_raw(version_id, by=by)


def destroy_due_raw_data(*, by: Actor) -> list[UUID]:
    """Destroy the raw data whose day has come; what a run or a review needs waits for its end.

    Answers the versions whose bytes were destroyed.

    Raises:
        NotAllowed: the actor is not the centre's software.
    """
    check_works(by)
    destroyed = []
    for version_id in list(raw_data_due(clock.today()).values_list("pk", flat=True)):
        try:
            destroy_raw_data(version_id, by=by)
        except WrongState:
            # A run or a review has begun meanwhile.
            continue
        destroyed.append(version_id)
    return destroyed
