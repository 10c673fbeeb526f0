from django.urls import path
from django.utils.translation import gettext_lazy as _

from marketplace.core import Scope
from marketplace.trading.listings.income_share import views
from marketplace.trading.listings.income_share.filters import IncomeShareFilters
from marketplace.trading.listings.income_share.forms import AnswerForm
from marketplace.trading.listings.income_share.selectors import (
    income_shares_visible_to,
    share_proposals_visible_to,
)
from marketplace.trading.listings.income_share.serializers import (
    AnswerIncomeShareIn,
    IncomeShareOut,
    OneIncomeShareOut,
    ProposeShapleySharesIn,
    ShareProposalOut,
)
from marketplace.trading.listings.income_share.services import (
    answer_income_share,
    end_income_share,
    propose_income_share,
    propose_shapley_shares,
)
from marketplace.trading.listings.income_share.tables import IncomeShareTable
from marketplace.web.act_pages import act_page, form_page
from marketplace.web.api import act_view, list_view, thing_view
from marketplace.web.lists import list_of
from marketplace.web.taking import serializer_of

SHARE = "income-shares/<uuid:pk>/"
PROPOSE = "listings/<uuid:pk>/propose-income-share/"

RECKON = "listings/<uuid:pk>/propose-shapley-shares/"

urlpatterns = [
    path(RECKON, views.shapley_shares_propose, name="shapley_shares_propose"),
    path(PROPOSE, views.income_share_propose, name="income_share_propose"),
    list_of(
        "income-shares/",
        income_shares_visible_to,
        IncomeShareTable,
        "trading/listings/income_share_list.html",
        filters=IncomeShareFilters,
        name="income_share_list",
    ),
    path(SHARE, views.income_share_detail, name="income_share_detail"),
    form_page(
        f"{SHARE}answer/",
        answer_income_share,
        AnswerForm,
        done=_("Your answer is recorded. Later contracts name what is agreed."),
        onto="income_share_detail",
        again=views.income_share_page,
        of=income_shares_visible_to,
        name="income_share_answer",
    ),
    act_page(
        f"{SHARE}end/",
        end_income_share,
        done=_("The share is ended for later contracts."),
        onto="income_share_detail",
        name="income_share_end",
    ),
]

api_patterns = [
    act_view(
        RECKON,
        propose_shapley_shares,
        scope=Scope.TRADE,
        takes=ProposeShapleySharesIn,
        gives=ShareProposalOut,
        creates=True,
        made_at="get_share_proposal",
        compares=False,
        summary="Propose income shares by what each source brings",
        about="Divide a part of the income by the Shapley values of the sources, and propose it.",
    ),
    thing_view(
        "share-proposals/<uuid:pk>/",
        share_proposals_visible_to,
        operation="get_share_proposal",
        gives=ShareProposalOut,
        about="Shares that were reckoned together, and how they came about.",
    ),
    act_view(
        PROPOSE,
        propose_income_share,
        scope=Scope.TRADE,
        takes=serializer_of(
            propose_income_share, about="Who gets what part of the income, and why."
        ),
        gives=IncomeShareOut,
        creates=True,
        made_at="get_income_share",
        compares=False,
        about="Offer a source of the data a part of the seller's income. The same again is one.",
    ),
    list_view(
        "income-shares/",
        income_shares_visible_to,
        operation="list_income_shares",
        filters=IncomeShareFilters,
        gives=IncomeShareOut,
        about="The income shares that one's organization gives or gets, for the centre all.",
    ),
    thing_view(
        SHARE,
        income_shares_visible_to,
        operation="get_income_share",
        gives=OneIncomeShareOut,
        about="An income share, with the acts on it that are open to whoever asks.",
    ),
    act_view(
        f"{SHARE}answer/",
        answer_income_share,
        scope=Scope.TRADE,
        takes=AnswerIncomeShareIn,
        gives=IncomeShareOut,
        about="Agree to a share of a seller's income, or decline it.",
    ),
    act_view(
        f"{SHARE}end/",
        end_income_share,
        scope=Scope.TRADE,
        gives=IncomeShareOut,
        about="End an income share for later contracts; those that name it keep it.",
    ),
]
