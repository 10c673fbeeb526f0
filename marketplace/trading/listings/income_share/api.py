"""The API of income shares."""

from __future__ import annotations

from marketplace.core.scopes import Scope
from marketplace.trading.listings.income_share import serializers
from marketplace.trading.listings.income_share.filters import IncomeShareFilters
from marketplace.trading.listings.income_share.selectors import (
    income_shares_visible_to,
    share_proposals_visible_to,
)
from marketplace.trading.listings.income_share.services import (
    answer_income_share,
    end_income_share,
    propose_income_share,
    propose_shapley_shares,
)
from marketplace.web.api import act_view, list_view, thing_view

ProposeIncomeShare = act_view(
    propose_income_share,
    scope=Scope.TRADE,
    takes=serializers.ProposeIncomeShareIn,
    gives=serializers.IncomeShareOut,
    creates=True,
    made_at="get_income_share",
    compares=False,
    about="Offer a source of the data a part of the seller's income. The same again is one.",
)

ProposeShapleyShares = act_view(
    propose_shapley_shares,
    scope=Scope.TRADE,
    takes=serializers.ProposeShapleySharesIn,
    gives=serializers.ShareProposalOut,
    creates=True,
    made_at="get_share_proposal",
    compares=False,
    summary="Propose income shares by what each source brings",
    about="Divide a part of the income by the Shapley values of the sources, and propose it.",
)

OneShareProposal = thing_view(
    share_proposals_visible_to,
    operation="get_share_proposal",
    gives=serializers.ShareProposalOut,
    about="Shares that were reckoned together, and how they came about.",
)

AnswerIncomeShare = act_view(
    answer_income_share,
    scope=Scope.TRADE,
    takes=serializers.AnswerIncomeShareIn,
    gives=serializers.IncomeShareOut,
    about="Agree to a share of a seller's income, or decline it.",
)

EndIncomeShare = act_view(
    end_income_share,
    scope=Scope.TRADE,
    gives=serializers.IncomeShareOut,
    about="End an income share for later contracts; those that name it keep it.",
)

IncomeShares = list_view(
    income_shares_visible_to,
    operation="list_income_shares",
    filters=IncomeShareFilters,
    gives=serializers.IncomeShareOut,
    about="The income shares that one's organization gives or gets, for the centre all.",
)

OneIncomeShare = thing_view(
    income_shares_visible_to,
    operation="get_income_share",
    gives=serializers.OneIncomeShareOut,
    about="An income share, with the acts on it that are open to whoever asks.",
)
