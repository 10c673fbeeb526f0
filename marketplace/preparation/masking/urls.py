from django.utils.translation import gettext_lazy as _

from marketplace.core import Scope
from marketplace.preparation.masking.services import start_masking
from marketplace.preparation.run.serializers import RunOut
from marketplace.web.act_pages import act_page
from marketplace.web.api import act_view

urlpatterns = [
    act_page(
        "preparation/<uuid:pk>/mask/",
        start_masking,
        done=_("The version is being desensitized."),
        onto="preparation_detail",
        name="masking_start",
    ),
]

api_patterns = [
    act_view(
        "preparations/<uuid:pk>/start-masking/",
        start_masking,
        scope=Scope.TRADE,
        gives=RunOut,
        summary="Start a masking run",
        about="Desensitize a source version by its confirmed policy, and measure the result.",
    ),
]
