"""The desk's API."""

from typing import Any

from django.utils.translation import gettext as _

from marketplace.core import Actor, Invalid
from marketplace.desk import policies, serializers
from marketplace.desk.forms import RegionForm
from marketplace.desk.selectors.regions import Regions, figures_of_regions, regions_open_to
from marketplace.web.api import ThingView


class RegionFigures(ThingView):
    """What the data of regions came to: one cell a region, theme and month, and the total."""

    gives = serializers.RegionFiguresOut
    operation = "get_regions"
    summary = "Get the figures of regions"
    reads = (serializers.RegionQueryIn,)

    def thing(self, by: Actor, **ids: Any) -> Regions:
        open_regions = regions_open_to(by)
        form = RegionForm(
            self.request.query_params, regions=open_regions, sees_all=policies.sees_every_row(by)
        )
        if not form.is_valid():
            fields = {name: [str(one) for one in errors] for name, errors in form.errors.items()}
            raise Invalid(_("Some of what you ask cannot be answered."), fields=fields)
        return figures_of_regions(form.query(), regions=open_regions, by=by)
