from django.urls import path
from django.utils.translation import gettext_lazy as _

from marketplace.catalog.dataset.selectors import datasets_visible_to
from marketplace.catalog.push import tus
from marketplace.catalog.push.parsers import BoundedNDJSONParser
from marketplace.catalog.push.selectors import pushes_of, pushes_visible_to
from marketplace.catalog.push.serializers import (
    CommitPushIn,
    OnePushOut,
    OpenPushIn,
    PushOut,
    SendRowsIn,
)
from marketplace.catalog.push.services import cancel_push, commit_push, open_push, send_rows
from marketplace.core import Scope
from marketplace.web.act_pages import act_page
from marketplace.web.api import act_view, list_view, thing_view
from marketplace.web.parsers import BoundedJSONParser

urlpatterns = [
    act_page(
        "pushes/<uuid:pk>/cancel/",
        cancel_push,
        done=_("What was sent so far is dropped."),
        onto="dataset_feed",
        at="dataset_id",
        name="push_cancel",
    ),
]

api_patterns = [
    list_view(
        "datasets/<uuid:pk>/feed/pushes/",
        pushes_of,
        of=datasets_visible_to,
        operation="list_pushes",
        gives=PushOut,
        summary="List what was sent to a dataset",
        about="What programs send and sent to the feeds of a dataset.",
    ),
    act_view(
        "datasets/<uuid:pk>/feed/open-push/",
        open_push,
        scope=Scope.SEND,
        takes=OpenPushIn,
        gives=PushOut,
        creates=True,
        made_at="get_push",
        summary="Begin to send data to a feed",
        about=(
            "Begin to send rows or a file to a feed; nothing of it counts before it is committed. "
        ),
    ),
    path("datasets/<uuid:pk>/feed/uploads/", tus.Uploads.as_view(), name="api_uploads"),
    thing_view(
        "pushes/<uuid:pk>/",
        pushes_visible_to,
        operation="get_push",
        gives=OnePushOut,
        about="A push, and the acts on it that are open to the caller.",
    ),
    act_view(
        "pushes/<uuid:pk>/send-rows/",
        send_rows,
        scope=Scope.SEND,
        takes=SendRowsIn,
        gives=PushOut,
        compares=False,
        parser_classes=(BoundedJSONParser, BoundedNDJSONParser),
        summary="Send rows",
        about=(
            "Send the next rows of a push, as JSON, or one a line as application/x-ndjson with "
            "`number` and `act` in the query. The same part again changes nothing."
        ),
    ),
    path("pushes/<uuid:pk>/bytes/", tus.OneUpload.as_view(), name="api_upload"),
    act_view(
        "pushes/<uuid:pk>/commit/",
        commit_push,
        scope=Scope.SEND,
        takes=CommitPushIn,
        gives=PushOut,
        compares=False,
        summary="Commit what was sent",
        about="Make what was sent the newest version of the dataset, whole or not at all.",
    ),
    act_view(
        "pushes/<uuid:pk>/cancel/",
        cancel_push,
        scope=Scope.SEND,
        gives=PushOut,
        about="Drop what was sent so far.",
    ),
]
