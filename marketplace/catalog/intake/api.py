"""The API of files that came."""

from __future__ import annotations

from rest_framework.parsers import MultiPartParser

from marketplace.catalog.intake import serializers
from marketplace.catalog.intake.selectors import intakes_visible_to
from marketplace.catalog.intake.services import drop_file, hand_in_file, mend_reading, take_file
from marketplace.core.scopes import Scope
from marketplace.web.api import act_view, thing_view

HandInFile = act_view(
    hand_in_file,
    scope=Scope.TRADE,
    takes=serializers.HandInFileIn,
    gives=serializers.IntakeOut,
    keeps_answer=False,
    parser_classes=(MultiPartParser,),
    summary="Hand in a file whose table is looked at first",
)

MendReading = act_view(
    mend_reading,
    scope=Scope.TRADE,
    takes=serializers.MendReadingIn,
    gives=serializers.IntakeOut,
    keeps_answer=False,
    summary="Say how the table of a file is read",
)

TakeFile = act_view(
    take_file,
    scope=Scope.TRADE,
    takes=serializers.TakeFileIn,
    gives=serializers.IntakeOut,
    keeps_answer=False,
    summary="Take the table of a file as a version",
)

DropFile = act_view(
    drop_file,
    scope=Scope.TRADE,
    gives=serializers.IntakeOut,
    keeps_answer=False,
    summary="Drop a file",
)

OneIntake = thing_view(
    intakes_visible_to,
    operation="get_intake",
    gives=serializers.IntakeOut,
    summary="Get a file that came",
    about="A file that waits to be taken, how it is read, and for who sent it what was seen of it.",
)
