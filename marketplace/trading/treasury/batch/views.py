from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from marketplace.accounts.timeline import timeline_of
from marketplace.core import allowed, visible
from marketplace.trading.treasury.bank.rules import acts_on_books
from marketplace.trading.treasury.batch.files import pain_001, rows_of
from marketplace.trading.treasury.batch.filters import BatchFilters
from marketplace.trading.treasury.batch.models import BatchLine, PayoutBatch
from marketplace.trading.treasury.batch.rules import (
    acts_on_batch_line,
    check_write_pain_001,
    refuse_altered_payees,
)
from marketplace.trading.treasury.batch.selectors import (
    batches_visible_to,
    lines_of,
    payouts_to_hand,
)
from marketplace.trading.treasury.batch.services import make_batch, refuse_batch_line
from marketplace.trading.treasury.batch.tables import BatchTable
from marketplace.trading.treasury.payout.at_bank import named_at_bank
from marketplace.web.lists import list_page
from marketplace.web.pages import form_status, signed_in
from marketplace.web.requests import actor
from marketplace.web.spreadsheets import csv_answer
from marketplace.web.taking import ActForm, form_of


@signed_in
def batches_page(request: HttpRequest, form: ActForm | None = None) -> HttpResponse:
    by, form = actor(request), form or form_of(make_batch)()
    context = {
        "form": form,
        "waiting": payouts_to_hand(by),
        "acts": acts_on_books(by),
    }
    return list_page(
        request,
        "trading/treasury/batch_list.html",
        BatchTable,
        batches_visible_to(by),
        filters=BatchFilters,
        context=context,
        status=form_status(form),
    )


def batch_page(
    request: HttpRequest, batch: PayoutBatch, form: ActForm | None = None
) -> HttpResponse:
    """Show a batch line by line: what the bank carried out, refused, or has still to do."""
    by, form, lines = actor(request), form or form_of(refuse_batch_line)(), list(lines_of(batch))
    executed = named_at_bank([line.disbursement for line in lines])
    context = {
        "batch": batch,
        "lines": [
            (line, line.disbursement_id in executed, acts_on_batch_line(line, by)) for line in lines
        ],
        "form": form,
        "writing": allowed({"pain_001": check_write_pain_001}, batch, by),
        "timeline": timeline_of(f"batch:{batch.pk}", by=by),
    }
    return render(request, "trading/treasury/batch.html", context, status=form_status(form))


def line_page(request: HttpRequest, line: BatchLine, form: ActForm) -> HttpResponse:
    return batch_page(request, line.batch, form)


@signed_in
def batch_xml(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Give a batch as ISO 20022 pain.001."""
    by = actor(request)
    batch = visible(batches_visible_to(by), pk=pk)
    paid_from = check_write_pain_001(batch, by)
    answer = HttpResponse(
        pain_001(batch, _lines_to_send(batch), paid_from=paid_from),
        content_type="application/xml; charset=utf-8",
    )
    answer["Content-Disposition"] = f'attachment; filename="{batch.reference}.xml"'
    return answer


@signed_in
def batch_csv(request: HttpRequest, pk: UUID) -> HttpResponse:
    batch = visible(batches_visible_to(actor(request)), pk=pk)
    return csv_answer(f"{batch.reference}.csv", rows_of(batch, _lines_to_send(batch)))


def _lines_to_send(batch: PayoutBatch) -> list[BatchLine]:
    """Return the lines of a file, refused where an account was altered since it was proved."""
    lines = list(lines_of(batch))
    refuse_altered_payees(line.disbursement for line in lines)
    return lines
