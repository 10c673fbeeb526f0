"""The API by which programs send data to feeds."""

from __future__ import annotations

from marketplace.catalog.dataset.selectors import datasets_visible_to
from marketplace.catalog.push import serializers
from marketplace.catalog.push.parsers import BoundedNDJSONParser
from marketplace.catalog.push.selectors import pushes_of, pushes_visible_to
from marketplace.catalog.push.services import cancel_push, commit_push, open_push, send_rows
from marketplace.core.scopes import Scope
from marketplace.web.api import act_view, list_view, thing_view
from marketplace.web.parsers import BoundedJSONParser

OpenPush = act_view(
    open_push,
    scope=Scope.SEND,
    takes=serializers.OpenPushIn,
    gives=serializers.PushOut,
    creates=True,
    made_at="get_push",
    summary="Begin to send data to a feed",
    about="Begin to send rows or a file to a feed; nothing of it counts before it is committed.",
)
SendRows = act_view(
    send_rows,
    scope=Scope.SEND,
    takes=serializers.SendRowsIn,
    gives=serializers.PushOut,
    compares=False,
    parser_classes=(BoundedJSONParser, BoundedNDJSONParser),
    summary="Send rows",
    about=(
        "Send the next rows of a push, as JSON, or one a line as application/x-ndjson with "
        "`number` and `act` in the query. The same part again changes nothing."
    ),
)
CommitPush = act_view(
    commit_push,
    scope=Scope.SEND,
    takes=serializers.CommitPushIn,
    gives=serializers.PushOut,
    compares=False,
    summary="Commit what was sent",
    about="Make what was sent the newest version of the dataset, whole or not at all.",
)
CancelPush = act_view(
    cancel_push,
    scope=Scope.SEND,
    gives=serializers.PushOut,
    about="Drop what was sent so far.",
)
Pushes = list_view(
    pushes_of,
    of=datasets_visible_to,
    operation="list_pushes",
    gives=serializers.PushOut,
    summary="List what was sent to a dataset",
    about="What programs send and sent to the feeds of a dataset.",
)
OnePush = thing_view(
    pushes_visible_to,
    operation="get_push",
    gives=serializers.OnePushOut,
    about="A push, and the acts on it that are open to the caller.",
)
