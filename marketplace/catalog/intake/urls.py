from django.urls import path
from django.utils.translation import gettext_lazy as _
from rest_framework.parsers import MultiPartParser

from marketplace.catalog.intake import api, views
from marketplace.catalog.intake.selectors import intakes_visible_to
from marketplace.catalog.intake.serializers import HandInFileIn, IntakeOut
from marketplace.catalog.intake.services import drop_file, hand_in_file
from marketplace.core import Scope
from marketplace.web.act_pages import act_page
from marketplace.web.api import act_view, thing_view

urlpatterns = [
    path("datasets/<uuid:pk>/upload/", views.dataset_upload, name="dataset_upload"),
    path("files/<uuid:pk>/", views.intake_detail, name="intake_detail"),
    act_page(
        "files/<uuid:pk>/drop/",
        drop_file,
        done=_("The file is destroyed. Nothing of it was taken."),
        onto="dataset_upload",
        at="dataset_id",
        name="intake_drop",
    ),
]

api_patterns = [
    act_view(
        "datasets/<uuid:pk>/hand-in-file/",
        hand_in_file,
        scope=Scope.TRADE,
        takes=HandInFileIn,
        gives=IntakeOut,
        keeps_answer=False,
        parser_classes=(MultiPartParser,),
        summary="Hand in a file whose table is looked at first",
    ),
    thing_view(
        "files/<uuid:pk>/",
        intakes_visible_to,
        operation="get_intake",
        gives=IntakeOut,
        summary="Get a file that came",
        about=(
            "A file that waits to be taken, how it is read, and for who sent it what was seen of "
            "it."
        ),
    ),
    path("files/<uuid:pk>/mend/", api.MendReading.as_view(), name="api_mend_reading"),
    path("files/<uuid:pk>/take/", api.TakeFile.as_view(), name="api_take_file"),
    act_view(
        "files/<uuid:pk>/drop/",
        drop_file,
        scope=Scope.TRADE,
        gives=IntakeOut,
        keeps_answer=False,
        summary="Drop a file",
    ),
]
