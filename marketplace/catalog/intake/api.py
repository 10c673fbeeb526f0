"""The API of files that came."""

from __future__ import annotations

from typing import Any

from rest_framework.parsers import MultiPartParser

from marketplace.catalog.intake import serializers
from marketplace.catalog.intake.models import Intake
from marketplace.catalog.intake.selectors import intakes_visible_to
from marketplace.catalog.intake.services import drop_file, hand_in_file, mend_reading, take_file
from marketplace.catalog.version.annotations import ColumnAnnotation
from marketplace.core.actor import Actor
from marketplace.core.scopes import Scope
from marketplace.web.api import ActView, act_view, thing_view

HandInFile = act_view(
    hand_in_file,
    scope=Scope.TRADE,
    takes=serializers.HandInFileIn,
    gives=serializers.IntakeOut,
    keeps_answer=False,
    parser_classes=(MultiPartParser,),
    summary="Hand in a file whose table is looked at first",
)


class MendReading(ActView):
    """Say how the table of a file is read, and look into it again.

    What the reading leaves open is proposed anew.
    """

    takes = serializers.MendReadingIn
    gives = serializers.IntakeOut
    scope = Scope.TRADE
    keeps_answer = False
    operation = "mend_reading"
    summary = "Say how the table of a file is read"

    def act(self, by: Actor, data: dict[str, Any], **ids: Any) -> Intake:
        said = [ColumnAnnotation(**column) for column in data["said"]]
        return mend_reading(ids["pk"], reading=data["reading"], said=said, by=by)


class TakeFile(ActView):
    """Read the table of a file and keep it as the newest source version of its dataset."""

    takes = serializers.TakeFileIn
    gives = serializers.IntakeOut
    scope = Scope.TRADE
    keeps_answer = False
    operation = "take_file"
    summary = "Take the table of a file as a version"

    def act(self, by: Actor, data: dict[str, Any], **ids: Any) -> Intake:
        said = [ColumnAnnotation(**column) for column in data["said"]]
        return take_file(ids["pk"], **(data | {"said": said}), by=by)


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
