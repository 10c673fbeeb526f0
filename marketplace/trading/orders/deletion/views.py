"""The pages of statements of deletion: for buyers to state, for others to see who owes one."""

from uuid import UUID

import django_tables2 as tables
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marketplace.accounts.roles import Role
from marketplace.core import NotAllowed
from marketplace.trading.orders.deletion.filters import DeletionFilters
from marketplace.trading.orders.deletion.models import Deletion
from marketplace.trading.orders.deletion.selectors import overdue_deletions_visible_to
from marketplace.web.lists import list_page
from marketplace.web.pages import form_status, signed_in
from marketplace.web.requests import actor
from marketplace.web.tables import CentreTable
from marketplace.web.taking import ActForm


class OverdueDeletionTable(CentreTable):
    """Data of which a buyer has not stated the deletion in time."""

    caption = gettext_lazy("Overdue statements of deletion")
    stacks = True
    title = tables.Column(
        accessor="order__listing__title",
        verbose_name=gettext_lazy("Data"),
        linkify=("order_detail", {"pk": tables.A("order_id")}),
    )
    seller = tables.Column(
        accessor="order__listing__organization", verbose_name=gettext_lazy("Seller")
    )
    buyer = tables.Column(accessor="order__buyer", verbose_name=gettext_lazy("Buyer"))
    cause = tables.Column()
    due_on = tables.DateColumn(verbose_name=gettext_lazy("To be stated by"))
    reminded = tables.Column(verbose_name=gettext_lazy("Reminders"))

    class Meta(CentreTable.Meta):
        model = Deletion
        fields = ("title", "seller", "buyer", "cause", "due_on", "reminded")
        empty_text = gettext_lazy("No buyer owes a statement of deletion.")


@signed_in
def overdue_deletion_list(request: HttpRequest) -> HttpResponse:
    by = actor(request)
    if not by.has(Role.REVIEWER, Role.OFFICER):
        raise NotAllowed(_("Only sellers and reviewers of the centre see who owes a statement."))
    return list_page(
        request,
        "trading/orders/deletions/overdue.html",
        OverdueDeletionTable,
        overdue_deletions_visible_to(by),
        filters=DeletionFilters,
    )


def deletion_page(request: HttpRequest, pk: UUID, *, form: ActForm) -> HttpResponse:
    """Show a statement that has to be corrected."""
    context = {"form": form, "order_id": pk}
    return render(
        request, "trading/orders/deletions/deletion.html", context, status=form_status(form)
    )
