from django.utils.translation import gettext_lazy as _

from marketplace.core import Scope
from marketplace.preparation.profile.services import start_profile
from marketplace.preparation.run.serializers import RunOut
from marketplace.web.act_pages import act_page
from marketplace.web.api import act_view

urlpatterns = [
    act_page(
        "preparation/<uuid:pk>/profile/",
        start_profile,
        done=_("The columns are being profiled."),
        onto="preparation_detail",
        name="profile_start",
    ),
]

api_patterns = [
    act_view(
        "preparations/<uuid:pk>/start-profile/",
        start_profile,
        scope=Scope.TRADE,
        gives=RunOut,
        about="Profile and classify the columns of a source version whose content is approved.",
    ),
]
