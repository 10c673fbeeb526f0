"""Every act has its doors, and a row that drives them."""

from __future__ import annotations

import ast
import sys

from tests.architecture.test_house import ACTS, APP_SOURCES, DOORS, in_part, module_name, tree
from tests.given.access import views_by_route
from tests.given.gathered import CASES
from tests.given.tried import takes_a_reason_at_most

INNER = {
    # Called by the acts of other apps in their own transactions, or by the centre's software;
    # each line says by what.
    "marketplace.ledger.services.recording.record": "every act",
    "marketplace.ledger.services.witnessing.cosign_checkpoint": "the command witness_log",
    "marketplace.ledger.services.witnessing.report_fork": "the command witness_log",
    "marketplace.ledger.services.witnessing.add_cosignature": "the command of that name",
    "marketplace.ledger.services.witnessing.accept_log_key": "the command of that name",
    "marketplace.ledger.services.witnessing.keep_refused_look": "the command witness_log",
    "marketplace.ledger.services.verification.keep_audit": "the command verify_ledger",
    "marketplace.ledger.services.verification.audit_by_parts": "the loop of due dates",
    "marketplace.pipeline.services.note_standing_listings": "the loop of due dates",
    "marketplace.pipeline.services.beat": "the loop, and the worker that it asks",
    "marketplace.pipeline.services.purge": "the loop, and the command of that name",
    "marketplace.ledger.services.keys.accept_ledger_state": "the command of that name",
    "marketplace.ledger.services.keys.erase_salt": "the command erase_ledger_salt",
    "marketplace.accounts.founding.services.found_centre": "the command found_centre",
    "marketplace.accounts.founding.services.take_office": "the first sign-in of an administrator",
    "marketplace.accounts.organization.services.settle_verifications": "the loop of due dates",
    "marketplace.accounts.organization.services.lapse_applications": "the loop of due dates",
    "marketplace.catalog.feed.services.keep_feeds": "the loop of due dates",
    "marketplace.catalog.push.services.expire_pushes": "the loop of due dates",
    "marketplace.catalog.intake.services.expire_files": "the loop of due dates",
    "marketplace.catalog.intake.services.keep_file": "hand_in_file, after looking",
    "marketplace.catalog.intake.services.keep_reading": "mend_reading, after looking",
    "marketplace.catalog.intake.services.keep_taken": "take_file, after reading",
    # Programs alone send; a page uploads a file, and shows how its table is read.
    "marketplace.catalog.new_version.services.receive_upload": "the address of that name",
    "marketplace.catalog.push.services.open_push": "the address of that name",
    "marketplace.catalog.push.services.commit_push": "the address of that name",
    "marketplace.catalog.push.services.keep_part": "send_rows, after reading",
    "marketplace.catalog.push.services.keep_push": "commit_push, after reading",
    # tests/catalog/test_pushes.py drives both: parts leave no fact.
    "marketplace.catalog.push.services.send_rows": "the address of rows",
    "marketplace.catalog.push.services.send_bytes": "the address of bytes",
    "marketplace.preparation.arrival.services.prepare_arrival": "a reaction to what arrived",
    "marketplace.trading.listings.line.services.advance_arrival": "a reaction to what was measured",
    "marketplace.review.services.destroy_documents": "a reaction to a refused application",
    "marketplace.review.services.open_document": "a look, whose page says who may",
    "marketplace.annotation.labelled_set.services.keep_labelled_set": "the act that makes one",
    # tests/annotation/test_idle.py drives these.
    "marketplace.annotation.batch.services.return_idle_batches": "the loop of due dates",
    "marketplace.annotation.look.services.look_at_rows": "a look, whose pages say who may",
    # tests/annotation/test_exchange.py drives this.
    "marketplace.annotation.batch.services.save_batch_items": "a download, whose page says who may",
    # tests/annotation/test_exports.py drives this.
    "marketplace.annotation.labelled_set.services.take_out_labels": (
        "a download, whose page says who may"
    ),
    # tests/annotation/test_labelling.py drives this.
    "marketplace.annotation.batch.services.look_at_item": "a look, whose page says who may",
    # tests/delivery/test_dossiers.py drives these.
    "marketplace.delivery.dossier.services.read_dossier": "a look, whose page says who may",
    "marketplace.delivery.dossier.services.save_dossier": "a look, whose page says who may",
    "marketplace.accounts.proposal.services.settle_proposals": "the loop of due dates",
    "marketplace.trading.treasury.payment.services.book_confirmed_statements": "the loop",
    # tests/accounts/test_tokens.py and tests/trading/orders/test_signing_proofs.py drive these.
    "marketplace.accounts.session.services.change_password": "the pages of allauth",
    "marketplace.accounts.session.services.count_signing_try": "what signs, before its act",
    # tests/accounts/test_sessions.py drives these.
    "marketplace.accounts.session.services.change_factors": "the pages of allauth",
    "marketplace.accounts.session.services.note_lock_out": "a sign-in that was locked",
    "marketplace.accounts.session.services.prove_presence": "the acts that sign",
    "marketplace.accounts.draft.services.keep_draft": "the pages of long forms",
    "marketplace.accounts.draft.services.forget_draft": "the pages of long forms",
    "marketplace.accounts.draft.services.forget_old_drafts": "the loop of due dates",
    "marketplace.review.services.open_case": "the acts that submit",
    "marketplace.review.services.decide": "the acts that approve, return or refuse",
    "marketplace.review.services.withdraw_case": "the acts that withdraw",
    "marketplace.vault.services.keep_incoming": "the acts that take uploads",
    "marketplace.vault.services.store_path": "the acts that keep what a run wrote",
    "marketplace.vault.services.store_stream": "the acts that keep what they made",
    "marketplace.vault.services.remove_stored": "the acts that take back what they kept",
    "marketplace.catalog.new_version.services.keep_table": "receive_upload, after reading",
    "marketplace.catalog.new_version.services.add_masked_version": "the act that ends a run",
    "marketplace.catalog.new_version.services.add_model_version": "the act that makes an asset",
    # tests/annotation/test_mislabels.py drives this.
    "marketplace.annotation.quality.services.keep_comparison": "the worker that compares",
    "marketplace.catalog.quality.services.record_quality": "the worker that measures",
    "marketplace.catalog.quality.services.ask_lost_measures": "the loop of due dates",
    "marketplace.jobs.services.take_job": "the worker that does long work",
    "marketplace.jobs.services.beat_job": "the worker that does long work",
    "marketplace.jobs.services.fail_job": "the worker that does long work",
    "marketplace.jobs.services.reclaim_jobs": "the loop of due dates",
    "marketplace.catalog.source.services.keep_check": "check_source, after trying",
    "marketplace.pipeline.services.retry_unanswered": "the loop of due dates",
    "marketplace.catalog.drawing.services.finish_drawing": "the worker that draws",
    "marketplace.catalog.version.services.destroy_raw": "destroy_raw_data, where no run reads",
    "marketplace.preparation.raw_data.services.destroy_due_raw_data": "the loop of due dates",
    "marketplace.preparation.profile.services.finish_profile": "the worker that executes a run",
    "marketplace.preparation.masking.services.finish_masking": "the worker that executes a run",
    "marketplace.preparation.study.services.finish_study": "the worker that executes a run",
    # tests/learning/test_models.py drives these.
    "marketplace.learning.model.services.score_rows": "the address of that name",
    "marketplace.delivery.scoring.services.score_with_grant": "the address of that name",
    # tests/learning/test_scored_tables.py drives these.
    "marketplace.delivery.scoring.services.score_table_with_grant": "the address of that name",
    "marketplace.delivery.scoring.services.repeat_scored_table": "the same, of a key used before",
    "marketplace.learning.model.services.open_model": "a download, whose page says who may",
    "marketplace.learning.model.services.settle_models": "reactions, and the loop of due dates",
    "marketplace.learning.model.services.finish_training": "the worker that trains",
    # tests/learning/test_measurements.py drives these.
    "marketplace.learning.measurement.services.charge_measurement": "the worker that measures",
    "marketplace.learning.measurement.services.finish_measurement": "the worker that measures",
    "marketplace.preparation.report.services.record_report": "the act that ends a masking run",
    "marketplace.preparation.report.services.record_membership": (
        "the act that makes a model an asset"
    ),
    "marketplace.preparation.study.services.help_failed_report": "the reaction to a report",
    "marketplace.preparation.recall.services.recall_report": "the second examiner's decision",
    "marketplace.trading.orders.recall.services.begin_recall": "the reaction to a recall",
    "marketplace.trading.orders.recall.services.recall_order": "its beginning",
    "marketplace.preparation.report.services.confirm_published_roles": "the acts that publish",
    "marketplace.preparation.release.services.keep_sketch": "the worker that executes a run",
    "marketplace.preparation.release.services.keep_comparison": "the worker that executes a run",
    "marketplace.preparation.release.services.finish_composition": "the worker that executes a run",
    "marketplace.preparation.budget.services.charge_budget": "what answers, and what draws copies",
    "marketplace.pipeline.services.rewrap_keys": "the command rewrap_keys",
    "marketplace.pipeline.services.backup_keys": "the command backup_keys",
    "marketplace.pipeline.services.restore_keys": "the command restore_keys",
    "marketplace.ledger.services.keys.rotate_log_key": "the command ledger_keys",
    "marketplace.credentials.services.current_key": "issue_credential, and signing_keys",
    "marketplace.credentials.services.rotate_signing_key": "the command signing_keys",
    "marketplace.credentials.services.retire_signing_key": "the command signing_keys",
    "marketplace.credentials.services.attest": "the acts that sign a contract",
    "marketplace.credentials.services.issue_credential": "the acts that certify",
    "marketplace.credentials.services.suspend_credential": "the acts that freeze",
    "marketplace.credentials.services.reinstate_credential": "the acts that unfreeze",
    "marketplace.credentials.services.remark_on_credential": "the acts on remarks",
    "marketplace.credentials.services.revoke_credential": "the acts that end a proof",
    "marketplace.rights.due.services.advance_due_claims": "the loop of due dates",
    "marketplace.rights.hearing.services.note_holder_told": "a reaction",
    "marketplace.rights.due.services.remind_of_dues": "that loop too",
    "marketplace.rights.due.services.settle_register_terms": "that loop too",
    "marketplace.trading.orders.last_day.services.settle_trading_terms": "that loop too",
    "marketplace.rights.certificate.services.note_reliance": "the reaction to a listing",
    "marketplace.appraisal.appraisal.services.expire_appraisals": "that loop too",
    "marketplace.appraisal.known_cost.services.note_cost": "the reaction to a labelled set",
    "marketplace.appraisal.appraisal.services.note_comparable": "the reaction to a settled trade",
    "marketplace.appraisal.appraisal.services.correct_comparable": "the reaction to a refund",
    "marketplace.trading.orders.settlement.services.remind_of_overdue_charges": "a loop",
    "marketplace.trading.orders.promise.services.keep_promises": "a loop",
    "marketplace.trading.orders.deletion.services.remind_of_overdue_deletions": "the loop",
    "marketplace.trading.orders.person_request.services.remind_of_person_requests": "the loop",
    "marketplace.trading.orders.person_request.services.ask_lost_searches": "the loop",
    "marketplace.trading.orders.person_request.services.destroy_old_answers": "the loop",
    "marketplace.trading.orders.person_request.services.keep_search": "the worker that searches",
    "marketplace.trading.orders.person_request.services.note_rows_left": "a new version",
    "marketplace.preparation.exclusion.services.code_person": "the acts that a person asks by",
    "marketplace.preparation.exclusion.services.exclude_person": "the proof of an identity",
    "marketplace.preparation.exclusion.services.admit_person": "the refusal of a request",
    "marketplace.appraisal.ceiling.services.close_past_ceilings": "that loop too",
    "marketplace.appraisal.ceiling.services.book_income": "the reaction to a trade",
    "marketplace.appraisal.ceiling.services.carry_excess": "approving, and book_income",
    "marketplace.trading.listings.publication.services.suspend_broken_listings": "the loop",
    "marketplace.trading.listings.publication.services.resume_mended_listings": "the loop",
    "marketplace.trading.orders.delivery.services.complete_silent_orders": "that loop too",
    "marketplace.trading.listings.demand.services.expire_demands": "that loop too",
    "marketplace.trading.orders.dispute.services.close_due_disputes": "that loop too",
    "marketplace.trading.orders.settlement.services.bill_usage": "the month's count of use",
    "marketplace.trading.treasury.payment.services.receive_message": "a signed message",
    "marketplace.trading.orders.negotiation.services.expire_offers": "that loop too",
    "marketplace.trading.orders.amendment.services.expire_amendments": "that loop too",
    "marketplace.trading.orders.right_sale.services.begin_right_sale": "a held payment",
    "marketplace.trading.orders.right_sale.services.complete_right_sale": "the register's entry",
    "marketplace.trading.orders.right_sale.services.end_right_sale": "the case's end",
    "marketplace.delivery.grant.services.amend_grant_of_order": "the reaction to a signature",
    "marketplace.trading.orders.termination.services.end_terminated_contracts": "the loop",
    "marketplace.delivery.grant.services.end_grant_of_order": "the end of an order's contract",
    "marketplace.trading.orders.delivery.services.mark_delivered": "open_download",
    "marketplace.trading.listings.product.services.register_product": "register_revision",
    "marketplace.trading.listings.revision.services.register_revision": "draft_listing",
    "marketplace.trading.listings.revision.services.keep_difference": "the worker that compares",
    "marketplace.trading.listings.revision.services.release_revision": "publish_listing",
    "marketplace.delivery.grant.services.remind_of_licence_ends": "that loop",
    "marketplace.delivery.grant.services.expire_grants": "the loop that looks after due dates",
    "marketplace.delivery.grant.services.issue_grant": "the reaction to a held payment",
    "marketplace.notices.services.notify": "the reactions that tell people",
    "marketplace.outbound.message.services.announce": "the reactions that tell webhooks",
    "marketplace.outbound.message.services.send_due_messages": "the worker that sends",
    "marketplace.outbound.message.services.take_message": "the worker that sends",
    "marketplace.outbound.message.services.keep_outcome": "the worker that sends",
    "marketplace.outbound.endpoint.services.forget_old_secrets": "the loop of due dates",
    "marketplace.outbound.lineage.services.keep_lineage": "the reaction to a revision",
    "marketplace.outbound.lineage.services.send_due_lineage": "the worker that sends",
    "marketplace.outbound.lineage.services.take_lineage_event": "the worker that sends",
    "marketplace.outbound.lineage.services.keep_lineage_outcome": "the worker that sends",
    # Reading is a GET: tests/delivery/test_downloads.py drives both of its doors.
    "marketplace.delivery.grant.services.look_at_download": "the addresses of downloads",
    "marketplace.delivery.grant.services.open_download": "the addresses of downloads",
    "marketplace.delivery.grant.services.open_order": "the reactions to a payment and a copy",
    "marketplace.trading.orders.termination.services.end_refused_order": "a held payment",
    "marketplace.preparation.release.services.request_copy": "open_order",
    "marketplace.preparation.release.services.finish_copy": "the worker that executes a run",
    "marketplace.delivery.certificate.services.certify_delivery": "the reaction to acceptance",
    # tests/interop drives them with the official client.
    "marketplace.delivery.sharing.services.look_at_table": "the addresses of Delta Sharing",
    "marketplace.delivery.sharing.services.query_table": "the addresses of Delta Sharing",
    "marketplace.delivery.sharing.services.look_at_shared": "the signed addresses of bytes",
    "marketplace.delivery.grant.services.look_at_codebook": "page and address of the codebook",
    "marketplace.delivery.sharing.services.open_shared": "the signed addresses of bytes",
    # A GET too: tests/delivery/test_reports.py drives its doors.
    "marketplace.delivery.report.services.open_report": "the addresses of reports",
    "marketplace.delivery.use.services.open_rows": "the address of rows, for programs",
    "marketplace.delivery.use.services.record_use": "the addresses for programs",
    "marketplace.delivery.grant.services.advance_grant": "the reaction to a listing that moved on",
    "marketplace.delivery.grant.services.advance_grants": "that reaction, and the loop",
    # Reading is a GET: tests/delivery/test_changes.py and tests/interop drive their doors.
    "marketplace.delivery.changes.services.look_at_changes": "the address of changes",
    "marketplace.delivery.sharing.services.query_changes": "the addresses of Delta Sharing",
    "marketplace.delivery.sharing.services.look_at_shared_changes": "the signed addresses of bytes",
    "marketplace.delivery.use.services.bill_uses": "the loop that looks after due dates",
    "marketplace.delivery.use.services.sum_uses": "the loop that looks after due dates",
}


CALLS = {"views": {"act_page", "asking_page", "form_page", "signing_pages"}, "api": {"act_view"}}
"""What makes a door of an act by one call, in a noun's `urls.py`."""


def called_names(part: str) -> set[str]:
    """Collect the names that the doors of a kind use."""
    names: set[str] = set()
    for path in DOORS:
        nodes = list(ast.walk(tree(path)))
        if in_part(path, "urls"):
            calls = [node for node in nodes if isinstance(node, ast.Call)]
            called = [call for call in calls if ast.unparse(call.func) in CALLS[part]]
            names |= {ast.unparse(call.args[1]).rsplit(".", 1)[-1] for call in called}
        elif in_part(path, part):
            names |= {node.id for node in nodes if isinstance(node, ast.Name)}
            names |= {node.attr for node in nodes if isinstance(node, ast.Attribute)}
    return names


def test_every_act_has_a_page_and_an_api_view() -> None:
    """Or is inner, with its reason."""
    pages, api = called_names("views"), called_names("api")
    without = sorted(
        name
        for name in ACTS
        if name not in INNER
        and (name.rsplit(".", 1)[1] not in pages or name.rsplit(".", 1)[1] not in api)
    )
    assert without == [], "give each both doors in its urls.py, or a line in INNER"


def test_every_act_has_a_row() -> None:
    """The parametrized test drives each of them."""
    rows = {f"marketplace.{case.act}" for case in CASES}
    without = sorted(set(ACTS) - set(INNER) - rows)
    assert without == [], f"give each a DoorCase in tests/<app>/doors.py: {', '.join(without)}"
    assert sorted(rows - set(ACTS)) == [], "no act is called so: mend or remove its DoorCase"


def test_what_is_called_inner_exists() -> None:
    """The list of exceptions does not outlive its acts."""
    assert sorted(set(INNER) - set(ACTS)) == []
    assert all(module_name(path) for path in APP_SOURCES)


OFFERED_OTHERWISE = {
    "advance_product": "the version's page asks its rule and more of the version",
    "retry_copy": "its rule is asked of an order; tests/delivery/test_offered_acts.py tries it",
    "retry_set_aside": "the page of reactions put aside is for administrators, who may",
    "mark_notice_read": "whoever sees a notice may",
}
"""Acts on a thing that are in no mapping, and why."""


def test_what_takes_a_reason_at_most_is_offered() -> None:
    """An act in the mapping of its noun is tried by the test of what the noun offers."""
    views_by_route()  # Whatever is offered is loaded by the pages that offer it.
    offered = {
        act
        for name, module in list(sys.modules.items())
        if name.startswith("marketplace.")
        for mapping, acts in vars(module).items()
        if mapping.startswith("ACTS_ON_")
        for act in acts
    }
    simple = {case.act.rpartition(".")[2] for case in CASES if takes_a_reason_at_most(case)}
    without = sorted(simple - offered - set(OFFERED_OTHERWISE))
    assert without == [], "name each in ACTS_ON_… of its noun, or in OFFERED_OTHERWISE"
    assert set(OFFERED_OTHERWISE) - (simple - offered) == set()
