"""The API of source versions that are prepared."""

from uuid import UUID

from marketplace.catalog.version.models import DatasetVersion
from marketplace.core import Actor
from marketplace.preparation.preparation import serializers
from marketplace.preparation.version.selectors import source_visible_to
from marketplace.web.api import ThingView


class OnePreparation(ThingView):
    """A source version on its way, and the acts on it that are open to the caller."""

    gives = serializers.PreparationOut
    operation = "get_preparation"
    summary = "Get what can be done with a source version"

    def thing(self, by: Actor, **ids: UUID) -> DatasetVersion:
        return source_visible_to(by, ids["pk"])
