from django.urls import path
from django.utils.translation import gettext_lazy as _
from rest_framework.parsers import MultiPartParser

from marketplace.catalog.intake import views
from marketplace.catalog.intake.selectors import intakes_visible_to
from marketplace.catalog.intake.serializers import (
    HandInFileIn,
    IntakeOut,
    MendReadingIn,
    TakeFileIn,
)
from marketplace.catalog.intake.services import drop_file, hand_in_file, mend_reading, take_file
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
    act_view(
        "files/<uuid:pk>/mend/",
        mend_reading,
        scope=Scope.TRADE,
        takes=MendReadingIn,
        gives=IntakeOut,
        keeps_answer=False,
        summary="Say how the table of a file is read",
        about=(
            "Say how the table of a file is read, and look into it again.\n\n"
            "What the reading leaves open is proposed anew."
        ),
    ),
    act_view(
        "files/<uuid:pk>/take/",
        take_file,
        scope=Scope.TRADE,
        takes=TakeFileIn,
        gives=IntakeOut,
        keeps_answer=False,
        summary="Take the table of a file as a version",
    ),
    act_view(
        "files/<uuid:pk>/drop/",
        drop_file,
        scope=Scope.TRADE,
        gives=IntakeOut,
        keeps_answer=False,
        summary="Drop a file",
    ),
]
