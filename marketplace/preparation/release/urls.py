from django.urls import path
from django.utils.translation import gettext_lazy as _

from marketplace.core import Scope
from marketplace.preparation.release import api
from marketplace.preparation.release.services import start_composition
from marketplace.preparation.run.serializers import RunOut
from marketplace.web.act_pages import act_page
from marketplace.web.api import act_view

urlpatterns = [
    act_page(
        "preparation/<uuid:pk>/composition/start/",
        start_composition,
        done=_("The releases are being tried together."),
        onto="run_detail",
        at="pk",
        name="composition_start",
    ),
]

api_patterns = [
    act_view(
        "preparations/<uuid:pk>/composition/start/",
        start_composition,
        scope=Scope.TRADE,
        gives=RunOut,
        summary="Try a version with earlier releases",
        about="Try a masked version together with what was let out of the same people since.",
    ),
    path(
        "preparations/<uuid:pk>/earlier-releases/",
        api.EarlierReleases.as_view(),
        name="api_list_earlier_releases",
    ),
]
