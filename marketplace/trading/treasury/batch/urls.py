from django.urls import path

from marketplace.core import Scope
from marketplace.trading.treasury.batch import api, views
from marketplace.trading.treasury.batch.filters import BatchFilters
from marketplace.trading.treasury.batch.selectors import batches_visible_to, lines_of
from marketplace.trading.treasury.batch.serializers import BatchLineOut, BatchOut
from marketplace.trading.treasury.batch.services import refuse_batch_line
from marketplace.web.api import act_view, list_view, thing_view

urlpatterns = [
    path("money/batches/", views.batch_list, name="batch_list"),
    path("money/batches/make/", views.batch_make, name="batch_make"),
    path("money/batches/<uuid:pk>/", views.batch_detail, name="batch_detail"),
    path("money/batches/<uuid:pk>/pain.001.xml", views.batch_xml, name="batch_xml"),
    path("money/batches/<uuid:pk>/batch.csv", views.batch_csv, name="batch_csv"),
    path("money/batch-lines/<uuid:pk>/refuse/", views.batch_line_refuse, name="batch_line_refuse"),
]

api_patterns = [
    list_view(
        "batches/",
        batches_visible_to,
        operation="list_batches",
        filters=BatchFilters,
        gives=BatchOut,
        summary="List batches of payouts",
        about="The batches of payouts that were made for the bank, for the centre.",
    ),
    path("batches/make/", api.MakeBatch.as_view(), name="api_make_batch"),
    thing_view(
        "batches/<uuid:pk>/",
        batches_visible_to,
        operation="get_batch",
        gives=BatchOut,
        summary="Get a batch of payouts",
        about="A batch of payouts that was made for the bank, for the centre.",
    ),
    list_view(
        "batches/<uuid:pk>/lines/",
        lines_of,
        of=batches_visible_to,
        operation="list_batch_lines",
        gives=BatchLineOut,
        summary="List the payouts of a batch",
        about="The payouts of a batch, with those that the bank refused.",
    ),
    act_view(
        "batch-lines/<uuid:pk>/refuse/",
        refuse_batch_line,
        scope=Scope.ADMINISTER,
        gives=BatchLineOut,
        summary="Note that the bank refused a payout",
        about=(
            "Say that the bank did not carry a payout of a batch out; it may go into another one. "
        ),
    ),
]
