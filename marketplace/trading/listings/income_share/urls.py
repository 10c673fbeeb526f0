"""The addresses of income shares."""

from django.urls import path

from marketplace.trading.listings.income_share import api, views

SHARE = "income-shares/<uuid:pk>/"
PROPOSE = "listings/<uuid:pk>/propose-income-share/"

RECKON = "listings/<uuid:pk>/propose-shapley-shares/"

urlpatterns = [
    path(RECKON, views.shapley_shares_propose, name="shapley_shares_propose"),
    path(PROPOSE, views.income_share_propose, name="income_share_propose"),
    path("income-shares/", views.income_share_list, name="income_share_list"),
    path(SHARE, views.income_share_detail, name="income_share_detail"),
    path(f"{SHARE}answer/", views.income_share_answer, name="income_share_answer"),
    path(f"{SHARE}end/", views.income_share_end, name="income_share_end"),
]

api_patterns = [
    path(RECKON, api.ProposeShapleyShares.as_view(), name="api_propose_shapley_shares"),
    path(
        "share-proposals/<uuid:pk>/", api.OneShareProposal.as_view(), name="api_get_share_proposal"
    ),
    path(PROPOSE, api.ProposeIncomeShare.as_view(), name="api_propose_income_share"),
    path("income-shares/", api.IncomeShares.as_view(), name="api_list_income_shares"),
    path(SHARE, api.OneIncomeShare.as_view(), name="api_get_income_share"),
    path(f"{SHARE}answer/", api.AnswerIncomeShare.as_view(), name="api_answer_income_share"),
    path(f"{SHARE}end/", api.EndIncomeShare.as_view(), name="api_end_income_share"),
]
