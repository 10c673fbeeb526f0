"""The API of what went out: earlier releases of the same people."""

from typing import Any
from uuid import UUID

from marketplace.catalog.version.selectors import versions_visible_to
from marketplace.core import Actor, visible
from marketplace.preparation.release.people import together_with
from marketplace.preparation.release.rules import acts_on_masked_version
from marketplace.preparation.release.serializers import EarlierReleasesOut
from marketplace.web.api import ThingView


class EarlierReleases(ThingView):
    """The earlier releases of the people of a masked version, and what both tell together."""

    gives = EarlierReleasesOut
    operation = "list_earlier_releases"
    summary = "List earlier releases of the same people"

    def thing(self, by: Actor, **ids: UUID) -> dict[str, Any]:
        version = visible(versions_visible_to(by), pk=ids["pk"])
        acts = acts_on_masked_version(version, by).as_json()
        return {"releases": together_with(version), "acts": acts}
