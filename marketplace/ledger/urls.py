"""The addresses of the ledger app."""

from django.urls import path

from marketplace.ledger import api, views

urlpatterns = [
    path("ledger/", views.ledger, name="ledger"),
    path("ledger/entries/<uuid:reference>/", views.ledger_entry, name="ledger_entry"),
    path("ledger/check/", views.ledger_check, name="ledger_check"),
]
api_patterns = [
    path("ledger/entries/", api.Entries.as_view(), name="api_list_ledger_entries"),
    path("ledger/entries/<uuid:reference>/", api.OneEntry.as_view(), name="api_get_ledger_entry"),
    path("ledger/check/<int:after>/", api.LedgerCheck.as_view(), name="api_check_ledger"),
    path("ledger/head/", api.LastHead.as_view(), name="api_get_ledger_head"),
]
