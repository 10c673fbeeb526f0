"""Which guides there are, for whom, and which page of the site belongs to which."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Shelf:
    """The guides of those who do one kind of work, in the order in which they need them."""

    anchor: str
    label: Promise
    icon: str
    slugs: Sequence[str]


SHELVES = (
    Shelf(
        "sell",
        _("For data officers: sell"),
        "tags",
        (
            "sell-data",
            "collect-from-a-database",
            "write-quality-rules",
            "name-origins",
            "prepare-a-dataset",
            "train-a-model",
            "label-records",
            "register-a-right",
            "value-a-data-asset",
            "price-public-data",
            "offer-data",
            "sell-a-feed",
            "sell-and-read-a-report",
            "sell-a-right",
            "answer-a-persons-request",
            "recall-data",
        ),
    ),
    Shelf(
        "buy",
        _("For buyers: buy and use"),
        "store",
        (
            "use-what-you-bought",
            "sign-and-amend-a-contract",
            "follow-a-feed",
            "measure-before-you-buy",
            "ask-a-sandbox",
            "sell-and-read-a-report",
            "read-a-data-contract",
            "receive-webhooks",
        ),
    ),
    Shelf("label", _("For annotators: label"), "highlighter", ("label-items",)),
    Shelf("review", _("For reviewers"), "clipboard-check", ("review-what-others-submit",)),
    Shelf(
        "finance",
        _("For finance officers"),
        "banknote",
        ("keep-the-money", "book-a-data-asset"),
    ),
    Shelf(
        "administer",
        _("For administrators"),
        "workflow",
        ("administer-a-centre", "bring-in-a-calendar"),
    ),
    Shelf(
        "check",
        _("For auditors, and whoever checks"),
        "shield-check",
        ("audit-a-centre", "check-a-ledger-entry", "verify-without-the-centre"),
    ),
)
SLUGS = frozenset(slug for shelf in SHELVES for slug in shelf.slugs)


@dataclass(frozen=True)
class PageHelp:
    """What a page of the site is explained by.

    guide: the slug of a guide with an anchor.
    terms: the words of the glossary that a reader of the page meets first.
    of_buyers: the guide of those who buy, where it is another.
    """

    guide: str
    terms: Sequence[str] = ()
    of_buyers: str = ""


def _pages(
    guide: str, names: str, terms: Sequence[str] = (), *, of_buyers: str = ""
) -> Iterator[tuple[str, PageHelp]]:
    return ((name, PageHelp(guide, terms, of_buyers)) for name in names.split())


BUYING = "use-what-you-bought"
PAGES: Mapping[str, PageHelp] = dict(
    [
        *_pages("sell-data", "calendar", ("calendar", "working days"), of_buyers=BUYING),
        *_pages("sell-data", "dataset_list dataset_path dataset_detail", ("dataset",)),
        *_pages(
            "sell-data#1-register-and-upload",
            "dataset_register dataset_revise dataset_upload intake_detail",
            ("dataset", "raw data"),
        ),
        *_pages(
            "sell-data#1-register-and-upload",
            "dataset_annotate dataset_dictionary",
            ("annotation",),
        ),
        *_pages("sell-data#1-register-and-upload", "dataset_grade", ("grade", "important data")),
        *_pages(
            "collect-from-a-database#what-the-officer-does",
            "source_list source_register source_detail source_tables drawing_start drawing_detail",
            ("database source",),
        ),
        *_pages("collect-from-a-database#when-raw-data-ends", "raw_data_destroy", ("raw data",)),
        *_pages(
            "label-records#1-plan-it",
            "labelling_list labelling_open labelling_edit",
            ("labelling project",),
        ),
        *_pages("label-records#4-open-it-to-annotators", "labelling_detail", ("label",)),
        *_pages("label-records#when-a-person-withdraws", "labelling_renew", ("label",)),
        *_pages("label-records#3-set-gold-items", "labelling_item", ("gold item",)),
        *_pages("label-records#5-inspect-and-pay", "batch_inspect label_pay_list", ("gold item",)),
        *_pages(
            "label-records#6-agree-and-decide", "item_arbitrate likely_errors", ("arbitration",)
        ),
        *_pages("label-records#7-make-a-labelled-set", "labelled_set_make", ("labelled set",)),
        *_pages("label-records#8-take-the-labels-out", "labelled_set_file", ("labelled set",)),
        *_pages("label-items#begin", "labelling_work_list labelling_work", ("annotator",)),
        *_pages("label-items#label-a-batch", "item_batch", ("label",)),
        *_pages("write-quality-rules", "dataset_quality quality_edit", ("quality rule",)),
        *_pages("name-origins", "dataset_lineage", ("origin",)),
        *_pages(
            "prepare-a-dataset#1-read-what-was-found",
            "preparation_detail",
            ("classification", "direct identifier", "quasi-identifier"),
        ),
        *_pages(
            "prepare-a-dataset#2-decide-what-happens-to-each-column",
            "policy_confirm",
            ("policy", "mask", "k-anonymity"),
        ),
        *_pages(
            "prepare-a-dataset#3-set-levels", "hierarchy_edit hierarchies_inherit", ("generalize",)
        ),
        *_pages("prepare-a-dataset#4-choose-by-looking", "tradeoff_detail", ("treatment",)),
        *_pages(
            "prepare-a-dataset#5-or-draw-a-synthetic-copy",
            "synthetic_ask",
            ("synthetic copy", "privacy budget"),
        ),
        *_pages(
            "prepare-a-dataset#6-desensitize-and-read-the-report",
            "run_list run_detail",
            ("desensitize",),
        ),
        *_pages(
            "prepare-a-dataset#6-desensitize-and-read-the-report",
            "risk_report_detail",
            ("risk report", "verdict", "k-anonymity"),
        ),
        *_pages("prepare-a-dataset#7-see-what-was-lost", "comparison_detail", ("generalize",)),
        *_pages(
            "train-a-model#1-declare-what-is-trained",
            "training_run_list training_start training_run_detail",
            ("training run", "baseline", "shard"),
        ),
        *_pages(
            "train-a-model#2-read-the-card",
            "model_list model_detail",
            ("model", "model card", "baseline"),
        ),
        *_pages("train-a-model#4-offer-it", "model_asset_make", ("model asset", "model card")),
        *_pages("prepare-a-dataset#looks-at-raw-rows", "look_list", ("raw data",)),
        *_pages(
            "register-a-right#claim",
            "claim_list claim_draft claim_detail",
            ("claim", "confirmation of rights"),
        ),
        *_pages(
            "register-a-right#claim",
            "public_notice public_notice_list claim_object",
            ("public notice", "objection"),
        ),
        *_pages(
            "register-a-right",
            "certificate_list certificate_detail",
            ("certificate", "chain of title"),
        ),
        *_pages("register-a-right#transfer", "certificate_transfer", ("transfer of a right",)),
        *_pages("register-a-right#remark", "certificate_remark remark_lift", ("remark",)),
        *_pages(
            "register-a-right#renew-change-give-up",
            "certificate_renew certificate_change certificate_give_up",
            ("renewal", "change of a registration"),
        ),
        *_pages(
            "value-a-data-asset",
            "appraisal_list appraisal_draft appraisal_revise appraisal_detail",
            ("valuation", "carrying amount"),
        ),
        *_pages(
            "value-a-data-asset#5-keep-the-report",
            "appraisal_report appraisal_replay",
            ("valuation",),
        ),
        *_pages("value-a-data-asset#by-program", "calculator", ("valuation",)),
        *_pages(
            "price-public-data#otherwise-under-a-ceiling",
            "ceiling_list ceiling_draft ceiling_revise ceiling_detail",
            ("price ceiling",),
        ),
        *_pages(
            "offer-data",
            "listing_list listing_draft listing_revise",
            ("listing", "delivery mode"),
        ),
        *_pages("offer-data", "listing_detail listing_renew", ("listing", "gate")),
        *_pages(
            "offer-data#impact-on-persons",
            "assessment_make assessment_detail",
            ("impact assessment",),
        ),
        *_pages(
            "offer-data#buyers-from-abroad",
            "security_assessment_record",
            ("security assessment",),
        ),
        *_pages(
            "offer-data#inquiries",
            "inquiry_list inquiry_detail",
            ("inquiry",),
            of_buyers=f"{BUYING}#ask-before-you-buy",
        ),
        *_pages(
            "offer-data#income-shares",
            "income_share_list income_share_detail income_share_propose shapley_shares_propose",
            ("income share",),
        ),
        *_pages("sell-data#4-list-it", "demand_list demand_post demand_detail", ("listing",)),
        *_pages(
            "sell-and-read-a-report#for-the-seller-write-it", "report_write", ("delivery mode",)
        ),
        *_pages(
            "ask-a-sandbox#for-the-seller-declare-it",
            "sandbox_declare",
            ("sandbox", "privacy budget"),
        ),
        *_pages(
            "measure-before-you-buy#for-the-seller-let-buyers-measure",
            "measuring_allow",
            ("measurement", "privacy budget"),
        ),
        *_pages(
            "sell-a-feed#put-the-next-revision-live",
            "dataset_products",
            ("product", "revision", "move on"),
        ),
        *_pages("sell-a-feed#let-it-go-by-itself", "dataset_feed", ("feed",)),
        *_pages("follow-a-feed#before-you-buy", "listing_history", ("revision",)),
        *_pages(BUYING, "market", ("listing", "delivery mode")),
        *_pages(
            BUYING,
            "listing_public",
            ("listing", "risk report", "valuation"),
        ),
        *_pages(
            "measure-before-you-buy#measure-what-it-would-bring",
            "measurement_request measurement_list",
            ("measurement", "baseline", "privacy budget"),
        ),
        *_pages(
            "measure-before-you-buy#read-the-figures",
            "measurement_detail",
            ("lift", "baseline", "Shapley value"),
        ),
        *_pages(f"{BUYING}#buy-it", "order_place order_offer", ("order", "contract")),
        *_pages(BUYING, "order_sheet", ("sheet", "risk report", "valuation")),
        *_pages(
            "sell-data#5-agree",
            "order_list order_detail order_counter",
            ("order", "settlement"),
            of_buyers=f"{BUYING}#buy-it",
        ),
        *_pages(
            "sign-and-amend-a-contract",
            "contract_list contract_detail",
            ("contract", "mandate"),
        ),
        *_pages(
            "sign-and-amend-a-contract#amend", "contract_amend amendment_detail", ("contract",)
        ),
        *_pages(
            "sign-and-amend-a-contract#limits-and-who-approves-above-them",
            "approval_detail",
            ("approval to sign", "signing limit"),
        ),
        *_pages(f"{BUYING}#keep-the-papers", "order_papers", ("receipt",)),
        *_pages(
            "audit-a-centre#follow-one-trade",
            "order_dossier",
            ("dossier of a trade", "receipt"),
            of_buyers=f"{BUYING}#keep-the-papers",
        ),
        *_pages(f"{BUYING}#when-the-licence-ends", "deletion_state", ("statement of deletion",)),
        *_pages(BUYING, "grant_list grant_detail", ("grant", "delivery mode")),
        *_pages(f"{BUYING}#scoring-by-a-model", "grant_score", ("scoring", "grant")),
        *_pages("follow-a-feed", "grant_changelog", ("feed", "revision")),
        *_pages(
            "ask-a-sandbox#five-minutes-in-the-browser",
            "grant_sandbox answer_detail",
            ("sandbox", "privacy budget"),
        ),
        *_pages(
            "sell-and-read-a-report#five-minutes-for-the-buyer", "grant_report", ("delivery mode",)
        ),
        *_pages("receive-webhooks", "endpoint_list endpoint_detail message_detail", ("webhook",)),
        *_pages(
            "sell-data#8-when-you-disagree",
            "dispute_list dispute_detail dispute_open",
            ("dispute",),
        ),
        *_pages(
            "sell-data#7-the-money",
            "invoice_list invoice_detail charge_list account_list account_statement",
            ("settlement",),
            of_buyers=f"{BUYING}#buy-it",
        ),
        *_pages(
            "keep-the-money",
            "money_desk payment_list payment_detail",
            ("settlement",),
            of_buyers=f"{BUYING}#buy-it",
        ),
        *_pages(
            "keep-the-money#what-comes-in",
            "bank_statement bank_day match_detail bank_item_detail held_line_detail payment_record "
            "statement_import",
            ("bank statement",),
        ),
        *_pages(
            "keep-the-money#what-goes-out",
            "disbursement_list disbursement_detail refund_propose payout_propose return_propose",
            ("payout",),
        ),
        *_pages("keep-the-money#close-the-day", "closing_detail", ("closed day",)),
        *_pages(
            "book-a-data-asset#on-the-pages",
            "dataset_costs recognition_list recognition_propose recognition_detail disclosure"
            " debt_ratio",
            ("carrying amount",),
        ),
        *_pages("review-what-others-submit", "review_queue", ("four eyes", "reviewer")),
        *_pages(
            "review-what-others-submit#decide-a-case",
            "dataset_review appraisal_review ceiling_review recognition_review",
            ("four eyes",),
        ),
        *_pages("review-what-others-submit#decide-a-case", "listing_review", ("four eyes", "gate")),
        *_pages("review-what-others-submit#decide-a-case", "roles_review", ("relabelled column",)),
        *_pages(
            "review-what-others-submit#confirm-a-right",
            "claim_review",
            ("confirmation of rights", "public notice"),
        ),
        *_pages(
            "review-what-others-submit#decide-an-objection", "objection_detail", ("objection",)
        ),
        *_pages(
            "recall-data#report-it",
            "reidentification_report reidentification_reported",
            ("re-identification",),
        ),
        *_pages(
            "recall-data#examine-it",
            "reidentification_list reidentification_detail",
            ("re-identification", "recall"),
        ),
        *_pages(
            "recall-data#what-a-recall-does", "overdue_deletion_list", ("statement of deletion",)
        ),
        *_pages(
            "answer-a-persons-request",
            "person_request_list person_request_detail person_request_ask person_request_asked"
            " person_request_record",
            ("request of a person",),
        ),
        *_pages(
            "administer-a-centre#people",
            "organization_list organization_detail organization_propose person_propose person_roles"
            " change_list change_detail",
            ("owner", "change of people"),
        ),
        *_pages(
            "administer-a-centre#fee-bank-account-announcements",
            "centre_settings setting_detail",
            ("setting of the centre", "four eyes"),
        ),
        *_pages("administer-a-centre#in-the-morning", "pipeline failed_email_list", ("seal",)),
        *_pages("check-a-ledger-entry", "ledger", ("ledger", "checkpoint")),
        *_pages("check-a-ledger-entry", "ledger_entry", ("commitment", "inclusion proof")),
        *_pages(
            "audit-a-centre#check-that-nothing-was-altered",
            "ledger_audits ledger_check",
            ("ledger", "witness"),
        ),
        *_pages(
            "verify-without-the-centre#for-a-lawyer",
            "verify check_file credential_detail",
            ("certificate", "receipt"),
        ),
    ]
)
"""By the name of a page's address. Such a page says above its content where to read on."""
