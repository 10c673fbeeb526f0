from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _

from marketplace.trading.orders.settlement.selectors import accounts_visible_to
from marketplace.trading.treasury.closing.services import propose_closing
from marketplace.trading.treasury.desk import views
from marketplace.trading.treasury.payout.services import propose_payout
from marketplace.trading.treasury.payout.urls import PROPOSED
from marketplace.web.act_pages import form_page, thing_page

ACCOUNT = "money/accounts/<uuid:pk>/"

urlpatterns = [
    path("money/", views.desk_page, name="money_desk"),
    path("money/statement/", views.statement_import, name="statement_import"),
    form_page(
        "money/close/",
        propose_closing,
        done=_("The day waits for a second finance officer."),
        onto="closing_detail",
        at="pk",
        again=views.desk_page,
        form_as="close",
        name="closing_propose",
    ),
    thing_page(ACCOUNT, accounts_visible_to, views.account_page, name="account_statement"),
    path(f"{ACCOUNT}statement.csv", views.account_statement_csv, name="account_statement_csv"),
    form_page(
        f"{ACCOUNT}payout/",
        propose_payout,
        **PROPOSED,
        again=views.account_page,
        of=accounts_visible_to,
        name="payout_propose",
    ),
]

api_patterns: list[URLPattern] = []
