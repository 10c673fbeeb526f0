from django.urls import path

from marketplace.annotation.acceptance import views
from marketplace.annotation.acceptance.serializers import InspectBatchIn
from marketplace.annotation.acceptance.services import inspect_batch
from marketplace.annotation.batch.serializers import ItemBatchOut
from marketplace.core import Scope
from marketplace.web.api import act_view

urlpatterns = [
    path("batches-of-items/<uuid:pk>/inspect/", views.batch_inspect, name="batch_inspect"),
]
api_patterns = [
    act_view(
        "batches-of-items/<uuid:pk>/inspect/",
        inspect_batch,
        scope=Scope.TRADE,
        takes=InspectBatchIn,
        gives=ItemBatchOut,
        summary="Inspect a batch of items",
        about="Say which labels of a batch's sample are wrong; the plan then decides on all of it.",
    ),
]
