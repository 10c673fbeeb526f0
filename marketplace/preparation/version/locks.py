"""What the acts on a version that is prepared lock."""

from uuid import UUID

from marketplace.catalog.dataset.selectors import datasets_visible_to
from marketplace.catalog.version.models import DatasetVersion
from marketplace.core import Actor, locked
from marketplace.core.versions import compare_expected
from marketplace.preparation.version.selectors import source_visible_to


def locked_source(version_id: UUID, *, by: Actor) -> DatasetVersion:
    """Return a source version with its dataset locked, so that nothing else is decided on it.

    Raises:
        NotFound: there is no such source version among those the actor may see.
    """
    version = source_visible_to(by, version_id)
    version.dataset = locked(datasets_visible_to(by), pk=version.dataset_id)
    compare_expected(version)
    return version
