from django.urls import path

from marketplace.annotation.batch import api
from marketplace.annotation.batch.filters import WorkFilters
from marketplace.annotation.batch.selectors import batches_visible_to, work_open_to
from marketplace.annotation.batch.serializers import (
    ItemBatchOut,
    OneItemBatchOut,
    OneWorkOut,
    ShownItemOut,
    TakeLabelsInIn,
    WorkOut,
)
from marketplace.annotation.batch.services import (
    hand_in_batch,
    look_at_item,
    take_batch,
    take_labels_in,
)
from marketplace.core import Scope
from marketplace.web.api import act_view, list_view, thing_view

api_patterns = [
    list_view(
        "labelling-tasks/",
        work_open_to,
        operation="list_labelling_work",
        filters=WorkFilters,
        gives=WorkOut,
        summary="List labelling work",
        about="The projects that are open to the annotators of one's organization.",
    ),
    thing_view(
        "labelling-tasks/<uuid:pk>/",
        work_open_to,
        operation="get_labelling_work",
        gives=OneWorkOut,
        summary="Get labelling work",
        about=(
            "A project that is open to annotators: scheme, guideline, and whether a batch is left."
        ),
    ),
    act_view(
        "labelling-tasks/<uuid:pk>/take/",
        take_batch,
        scope=Scope.TRADE,
        gives=ItemBatchOut,
        creates=True,
        made_at="get_item_batch",
        summary="Take a batch of items",
        about="Take a batch of items to label; whoever has an open one goes on with it.",
    ),
    list_view(
        "batches-of-items/",
        batches_visible_to,
        operation="list_item_batches",
        gives=ItemBatchOut,
        summary="List batches of items",
        about="One's own batches; for the owner of the data, those of all annotators.",
    ),
    thing_view(
        "batches-of-items/<uuid:pk>/",
        batches_visible_to,
        operation="get_item_batch",
        gives=OneItemBatchOut,
        summary="Get a batch of items",
        about="A batch, what was said of its items, and the acts on it.",
    ),
    act_view(
        "batches-of-items/<uuid:pk>/hand-in/",
        hand_in_batch,
        scope=Scope.TRADE,
        gives=ItemBatchOut,
        summary="Hand a batch in",
        about=(
            "Hand a batch in: its labels stay as they are. By the first one an annotator qualifies."
        ),
    ),
    path(
        "batches-of-items/<uuid:pk>/items/",
        api.SaveBatchItems.as_view(),
        name="api_save_batch_items",
    ),
    act_view(
        "batches-of-items/<uuid:pk>/labels/take-in/",
        take_labels_in,
        scope=Scope.TRADE,
        takes=TakeLabelsInIn,
        gives=ItemBatchOut,
        summary="Take labels of a batch in",
        about=(
            "Take in what one said of the items of a batch in Label Studio: all of it or nothing. "
        ),
    ),
    act_view(
        "labelling-items/<uuid:pk>/look/",
        look_at_item,
        scope=Scope.TRADE,
        gives=ShownItemOut,
        compares=False,
        summary="Look at an item",
        about="An item of an open batch of one's own. That it was shown is kept.",
    ),
    path("labelling-items/<uuid:pk>/label/", api.LabelItem.as_view(), name="api_label_item"),
]
