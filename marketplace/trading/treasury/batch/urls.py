from django.urls import path
from django.utils.translation import gettext_lazy as _

from marketplace.core import Scope
from marketplace.trading.treasury.batch import views
from marketplace.trading.treasury.batch.filters import BatchFilters
from marketplace.trading.treasury.batch.selectors import (
    batch_lines_visible_to,
    batches_visible_to,
    lines_of,
)
from marketplace.trading.treasury.batch.serializers import BatchLineOut, BatchOut
from marketplace.trading.treasury.batch.services import make_batch, refuse_batch_line
from marketplace.web.act_pages import form_page, thing_page
from marketplace.web.api import act_view, list_view, thing_view
from marketplace.web.taking import serializer_of

urlpatterns = [
    path("money/batches/", views.batches_page, name="batch_list"),
    form_page(
        "money/batches/make/",
        make_batch,
        done=_("The batch is made. Hand its file to the bank."),
        onto="batch_detail",
        at="pk",
        again=views.batches_page,
        name="batch_make",
    ),
    thing_page(
        "money/batches/<uuid:pk>/", batches_visible_to, views.batch_page, name="batch_detail"
    ),
    path("money/batches/<uuid:pk>/pain.001.xml", views.batch_xml, name="batch_xml"),
    path("money/batches/<uuid:pk>/batch.csv", views.batch_csv, name="batch_csv"),
    form_page(
        "money/batch-lines/<uuid:pk>/refuse/",
        refuse_batch_line,
        done=_("Noted. The payout waits for the next batch."),
        onto="batch_detail",
        at="batch_id",
        again=views.line_page,
        of=batch_lines_visible_to,
        name="batch_line_refuse",
    ),
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
    act_view(
        "batches/make/",
        make_batch,
        scope=Scope.ADMINISTER,
        takes=serializer_of(
            make_batch,
            name="BatchIn",
            about="The currency, and a key under which the same request is one batch.",
        ),
        gives=BatchOut,
        creates=True,
        made_at="get_batch",
        summary="Make a batch of payouts",
        about="Put the payouts in a currency that two people approved together for the bank.",
    ),
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
