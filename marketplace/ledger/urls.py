"""The addresses of the ledger app."""

from django.urls import path

from marketplace.ledger import api
from marketplace.ledger.views import log, pages, verifying

urlpatterns = [
    path("ledger/", pages.ledger, name="ledger"),
    path("ledger/entries/<uuid:reference>/", pages.ledger_entry, name="ledger_entry"),
    path("ledger/audits/", pages.ledger_audits, name="ledger_audits"),
    path("ledger/check/", pages.ledger_check, name="ledger_check"),
    path("ledger/entries/<uuid:reference>.tlog-proof", log.receipt, name="ledger_receipt"),
    path("verify/verify.py", verifying.verifier, name="verifier"),
    path("verify/file/", verifying.check_file, name="check_file"),
    path("log/checkpoint", log.checkpoint, name="log_checkpoint"),
    path("log/checkpoint/<count:size>", log.checkpoint_of, name="log_checkpoint_of"),
    path("log/keys", log.keys, name="log_keys"),
    path("log/tile/entries/<path:place>", log.entries, name="log_entries"),
    path("log/tile/<count:level>/<path:place>", log.tile, name="log_tile"),
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
