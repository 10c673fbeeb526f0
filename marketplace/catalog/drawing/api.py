from typing import Any

from marketplace.catalog.drawing.serializers import DrawingIn, DrawingOut
from marketplace.catalog.drawing.services import Wanted, start_drawing
from marketplace.catalog.source.models import Drawing
from marketplace.core import Actor, Scope
from marketplace.web.api import ActView


class StartDrawing(ActView):
    """Have a table or view drawn as the newest version of the dataset."""

    takes = DrawingIn
    gives = DrawingOut
    scope = Scope.TRADE

    def act(self, by: Actor, data: dict[str, Any], **ids: Any) -> Drawing:
        return start_drawing(ids["pk"], wanted=Wanted(**data), by=by)
