from typing import Any

from marketplace.catalog.intake import serializers
from marketplace.catalog.intake.models import Intake
from marketplace.catalog.intake.services import mend_reading, take_file
from marketplace.catalog.version.annotations import ColumnAnnotation
from marketplace.core import Actor, Scope
from marketplace.web.api import ActView


class MendReading(ActView):
    """Say how the table of a file is read, and look into it again.

    What the reading leaves open is proposed anew.
    """

    takes = serializers.MendReadingIn
    gives = serializers.IntakeOut
    scope = Scope.TRADE
    keeps_answer = False
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
    summary = "Take the table of a file as a version"

    def act(self, by: Actor, data: dict[str, Any], **ids: Any) -> Intake:
        said = [ColumnAnnotation(**column) for column in data["said"]]
        return take_file(ids["pk"], **(data | {"said": said}), by=by)
