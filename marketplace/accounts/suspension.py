"""What goes on while an organization is suspended, for its own people and for everybody else."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from marketplace.core import Actor, NotAllowed

CLOSED = "closed"


@dataclass(frozen=True, kw_only=True)
class Matter:
    """Some addresses of the centre, and what goes on there.

    words: the first words of the addresses, of pages and below `/api/v1/` alike.
    others: what goes on for the other side of its trades, and for the centre.
    own: what its own people still do there.
    opens: the names of the addresses that stay open to them, one by one: all others are closed.
    """

    name: str
    words: tuple[str, ...]
    others: str
    own: str = CLOSED
    opens: tuple[str, ...] = ()


SUSPENSION: tuple[Matter, ...] = (
    Matter(
        name="explanation",
        words=("desk",),
        own="the desk says that the organization is suspended, why, and what its people may do",
        others="the centre sees the reason on the organization's page",
        opens=("desk",),
    ),
    Matter(
        name="sign-in and own data",
        words=("account", "language", "people", "tokens", "sender"),
        own=(
            "each person signs in, changes password and second factor, reads their own entry, and "
            "ends their tokens; they make none, and nobody changes roles"
        ),
        others="two administrators of the centre change owners and reset factors",
        opens=(
            *("account_login", "account_logout", "account_inactive", "account_signup"),
            *("account_reauthenticate", "account_change_password", "account_reset_password"),
            *("account_reset_password_done", "account_reset_password_from_key"),
            *("account_reset_password_from_key_done", "address_ask", "set_language"),
            *("mfa_index", "mfa_authenticate", "mfa_reauthenticate", "mfa_activate_totp"),
            *("mfa_deactivate_totp", "mfa_list_webauthn", "mfa_add_webauthn", "mfa_edit_webauthn"),
            *("mfa_remove_webauthn", "mfa_reauthenticate_webauthn", "mfa_view_recovery_codes"),
            *("mfa_generate_recovery_codes", "mfa_download_recovery_codes"),
            *("account_tokens", "token_revoke", "api_list_tokens", "api_get_token"),
            *("api_revoke_token", "api_get_person"),
        ),
    ),
    Matter(
        name="messages",
        words=("notices",),
        own="each person reads what they are told, and chooses what is e-mailed",
        others="goes on; its people are told of payments, disputes and terms as before",
        opens=(
            *("notice_list", "notice_read", "notices_read", "notice_choices"),
            *("api_list_notices", "api_mark_notice_read", "api_mark_all_read"),
            *("api_get_email_choices", "api_choose_emails"),
            *("public_notice", "public_notice_list", "public_notice_feed"),
        ),
    ),
    Matter(
        name="verification",
        words=("organizations", "documents", "apply", "addresses", "invitations"),
        own=(
            "whoever applied exchanges the organization's documents, so that a verification that "
            "ended is made anew; nobody is invited"
        ),
        others="the centre reinstates it; after its verification ended two administrators do",
        opens=(
            *("organization_documents", "document_attach", "document_download"),
            *("api_list_documents", "api_get_document", "api_attach_document"),
            *("organization_apply", "api_apply_organization"),
            *("address_prove", "api_prove_address", "api_ask_for_address_proof"),
            *("invitation_accept", "api_accept_invitation"),
        ),
    ),
    Matter(
        name="what everybody reads",
        words=(
            *("", "help", "legal", "health", "api", "openapi", "log", "ledger", "verify"),
            *(".well-known", "credentials", "public-notices"),
        ),
        own="open, as to any visitor; of the ledger no line more than a visitor reads",
        others="its certificates, credentials and entries can be checked as before",
        opens=(
            *("front", "help", "help_guide", "help_terms", "legal", "health", "openapi"),
            *("api_browser", "api_manual", "api_group", "api_operation", "verify", "verifier"),
            *("check_file", "ledger", "ledger_entry", "ledger_audits", "ledger_receipt"),
            *("log_checkpoint", "log_checkpoint_of", "log_entries", "log_keys", "log_tile"),
            *("did_document", "credential_detail", "credential_json", "credential_sheet"),
            *("status_list", "api_get_credential", "api_check_credential_number"),
            *("api_list_ledger_entries", "api_get_ledger_entry", "api_get_ledger_head"),
            *("api_list_ledger_audits", "api_list_witness_checks"),
            *("api_prove_ledger_consistency", "api_list_public_notices"),
        ),
    ),
    Matter(
        name="the market",
        words=("market", "demands", "inquiries", "demand-answers"),
        own="what is public, as to any visitor; nothing is ordered, asked or answered",
        others=(
            "its offers leave the market at once (`seller-suspended`), and come back when it is "
            "reinstated; nobody orders them meanwhile. A contract that it signed before, the other "
            "side may still sign"
        ),
        opens=(
            *("market", "listing_public", "listing_policy", "listing_contract", "listing_history"),
            *("listing_feed", "listing_sample_csv", "listing_sample_parquet", "api_search_market"),
            *("api_get_market_listing", "api_list_market_revisions", "api_get_market_freshness"),
            "api_list_market_inquiries",
        ),
    ),
    Matter(
        name="paid deliveries",
        words=(
            *("grants", "grant-keys", "answers", "delta-sharing", "models", "sources"),
            *("measurements", "versions", "files"),
        ),
        others=(
            "a buyer who paid a suspended seller keeps access, keys and certificates as agreed; "
            "revisions that do not come are made good by credits, where the contract says so. "
            "A suspended buyer's access and keys open nothing until it is reinstated; its term "
            "runs on"
        ),
    ),
    Matter(
        name="orders and contracts",
        words=(
            *("orders", "contracts", "amendments", "approvals", "remedies"),
            *("renewals", "listings", "products", "income-shares", "share-proposals"),
        ),
        others=(
            "the other side cancels, objects, accepts and terminates as the contract says; what "
            "nobody answers lapses on its day. While a seller is suspended, a buyer's silence is "
            "not taken for acceptance; that of a suspended buyer is"
        ),
    ),
    Matter(
        name="payments and invoices",
        words=(
            *("money", "payments", "invoices", "charges", "accounts", "statements"),
            *("bank-lines", "bank-days", "bank-matches", "bank-items", "held-lines", "closings"),
            "closing-proposals",
        ),
        others=(
            "what it owes stays due and is paid by bank transfer, to the account and with the "
            "reference of the notice; the centre books it. Invoices go on being issued"
        ),
    ),
    Matter(
        name="refunds and payouts",
        words=("disbursements", "batches", "batch-lines", "bank-accounts"),
        others=(
            "goes on: two finance officers of the centre send refunds, and pay out what an "
            "organization holds, to the bank account that was proved before. It states no other "
            "account meanwhile"
        ),
    ),
    Matter(
        name="disputes",
        words=("disputes", "dispute-exhibits"),
        others=(
            "goes on: the other side opens, withdraws and answers; where the suspended side does "
            "not answer in time, the centre decides. What that side has to say it sends to the "
            "mediator by letter"
        ),
    ),
    Matter(
        name="duties of deletion",
        words=("deletions",),
        others=(
            "the duty stands, and its day too; a suspended buyer states the deletion when it is "
            "reinstated, and until then it counts as overdue for the seller and the centre"
        ),
    ),
    Matter(
        name="requests of persons",
        words=("person-requests", "re-identifications"),
        own="open, as to any visitor who asks about themselves or reports a re-identification",
        others=(
            "goes on: persons ask as before, terms run on, and what a suspended holder has not "
            "answered on its day a reviewer of the centre answers in its place"
        ),
        opens=(
            *("person_request_ask", "person_request_asked", "person_request_answer"),
            *("api_ask_as_person", "api_get_asked_by_person", "api_pick_up_answer"),
            *("reidentification_report", "reidentification_reported"),
            *("api_report_reidentification", "api_get_reported_reidentification"),
        ),
    ),
    Matter(
        name="rights and objections",
        words=("claims", "certificates", "objections", "exhibits", "evidence", "remarks"),
        others=(
            "certificates stay in force for their term; others object to its claims, and the "
            "centre decides. Terms of a procedure run on"
        ),
    ),
    Matter(
        name="data and its preparation",
        words=(
            *("datasets", "preparation", "preparations", "prepared", "prepared-versions"),
            *("policies", "runs", "risk-reports", "looks", "drawings", "pushes", "origins"),
            *("training-runs", "assessments", "security-assessments"),
        ),
        others="runs that began end; reviewers withdraw and recall verdicts as before",
    ),
    Matter(
        name="valuation and bookings",
        words=(
            *("appraisals", "ceilings", "costs", "recognitions", "impairments", "debt-ratio"),
            "regions",
        ),
        others="approved values and ceilings hold for their term",
    ),
    Matter(
        name="labelling",
        words=(
            *("labelling", "labellings", "labelling-work", "labelling-tasks", "labelling-items"),
            *("labelled-items", "labelled-sets", "batches-of-items", "label-pay"),
            "label-payments",
        ),
        others=(
            "annotators of other organizations hand in what they took, and it is paid once it is "
            "accepted, after the owner of the data is reinstated. Batches that a suspended "
            "organization's annotators took go back to the others"
        ),
    ),
    Matter(
        name="programs",
        words=("webhooks", "calendar"),
        own="tokens, keys and calendar addresses open nothing, and work again afterwards",
        others="nothing is sent to its webhooks",
    ),
    Matter(
        name="the centre's own work",
        words=("review", "pipeline", "centre", "centre-settings", "announcements"),
        others="goes on; nobody suspends the centre itself",
    ),
)
"""What goes on, for each address of the centre: one that is named by no matter fails a test."""


def opened_names(matters: Iterable[Matter] = SUSPENSION) -> Iterator[str]:
    for matter in matters:
        yield from matter.opens


OPEN = frozenset(opened_names())
"""The names of all addresses that stay open to people of a suspended organization."""


def matter_of(path: str) -> Matter | None:
    """Return the matter that an address belongs to, by its first word; None where none names it."""
    words = path.removeprefix("/").removeprefix("api/v1/")
    first = words.partition("/")[0]
    return next((matter for matter in SUSPENSION if first in matter.words), None)


def suspended() -> NotAllowed:
    """Return the refusal of what is closed to a suspended organization's people."""
    return NotAllowed(
        _(
            "Your organization is suspended: this is closed to its people until the centre "
            "reinstates it. Your desk says why, and what you can still do."
        ),
        code="organization-suspended",
    )


def refuse_suspended(by: Actor) -> None:
    """Refuse whoever's organization is suspended.

    Raises:
        NotAllowed: it is (`organization-suspended`).
    """
    if by.is_suspended:
        raise suspended()
