from django.urls import path

from marketplace.ledger import api, views

urlpatterns = [
    path("ledger/", views.ledger, name="ledger"),
    path("ledger/entries/<uuid:reference>/", views.ledger_entry, name="ledger_entry"),
    path("ledger/audits/", views.ledger_audits, name="ledger_audits"),
    path("ledger/check/", views.ledger_check, name="ledger_check"),
    path("ledger/entries/<uuid:reference>.tlog-proof", views.receipt, name="ledger_receipt"),
    path("verify/verify.py", views.verifier, name="verifier"),
    path("verify/file/", views.check_file, name="check_file"),
    path("log/checkpoint", views.checkpoint, name="log_checkpoint"),
    path("log/checkpoint/<count:size>", views.checkpoint_of, name="log_checkpoint_of"),
    path("log/keys", views.keys, name="log_keys"),
    path("log/tile/entries/<path:place>", views.entries, name="log_entries"),
    path("log/tile/<count:level>/<path:place>", views.tile, name="log_tile"),
]
api_patterns = [
    path("ledger/entries/", api.Entries.as_view(), name="api_list_ledger_entries"),
    path("ledger/entries/<uuid:reference>/", api.OneEntry.as_view(), name="api_get_ledger_entry"),
    path("ledger/audits/", api.Audits.as_view(), name="api_list_ledger_audits"),
    path("ledger/witnessing/", api.WitnessChecks.as_view(), name="api_list_witness_checks"),
    path("ledger/check/<count:after>/", api.LedgerCheck.as_view(), name="api_check_ledger"),
    path(
        "ledger/consistency/<count:first>/<count:size>/",
        api.Consistency.as_view(),
        name="api_prove_ledger_consistency",
    ),
    path("ledger/head/", api.LastHead.as_view(), name="api_get_ledger_head"),
]
