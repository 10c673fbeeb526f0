"""Products, listings and requests for data; what the database holds of them beyond keys.

The indexes are those by which PostgreSQL finds parts of texts.
"""

import uuid

import django.db.models.deletion
from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

import marketplace.core.clock
import marketplace.core.money
import marketplace.preparation.budget.models
import marketplace.trading.listings.mode.modes
from marketplace.accounts.four_eyes import Kept, keep_apart
from marketplace.core import append_only, triggers
from marketplace.trading.listings.revision.triggers import statements

CREATE = (
    "CREATE EXTENSION IF NOT EXISTS pg_trgm",
    "CREATE INDEX listings_listing_search_text ON listings_listing"
    " USING gin ((search_text) gin_trgm_ops) WHERE state = 'published'",
    # Parts of one and two characters have no trigram. All listings, not the published alone: of a
    # part of a table PostgreSQL keeps statistics of an index, but does not plan by them, and would
    # read the whole market for a letter that all have.
    "CREATE INDEX listings_listing_search_text_letters ON listings_listing"
    " USING gin (string_to_array(search_text, NULL))",
    "CREATE INDEX listings_listing_region_letters ON listings_listing"
    " USING gin (string_to_array(upper(region), NULL))",
    # From the partial index it does not know how many listings are of a place: one that an eighth
    # of the market is of was thought rare, and all of the market was read for the first page.
    "CREATE STATISTICS listings_listing_places ON (upper(region)) FROM listings_listing",
)
DROP = (
    "DROP STATISTICS listings_listing_places",
    "DROP INDEX listings_listing_region_letters",
    "DROP INDEX listings_listing_search_text_letters",
    "DROP INDEX listings_listing_search_text",
)


PAST_OFFER = "listings_pastoffer"


def create(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Create triggers, and indexes and statistics for the search; SQLite reads the texts."""
    triggers.create(schema_editor, statements)
    append_only.install(schema_editor, PAST_OFFER, key=["id", "listing_id,revision_id"])
    _run(schema_editor, CREATE)


def drop(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Drop them; the extension stays, which others may use."""
    _run(schema_editor, DROP)
    append_only.remove(schema_editor, PAST_OFFER)
    triggers.drop(schema_editor, statements)


def _run(schema_editor: BaseDatabaseSchemaEditor, statements: tuple[str, ...]) -> None:
    if schema_editor.connection.vendor == "postgresql":
        for statement in statements:
            schema_editor.execute(statement)


class Migration(migrations.Migration):
    """Tables and what stands around them."""

    initial = True

    dependencies = [
        ("accounts", "0001_initial"),
        ("appraisal", "0002_triggers"),
        ("catalog", "0001_initial"),
        ("preparation", "0002_triggers"),
        ("rights", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Demand",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(default=marketplace.core.clock.now, editable=False),
                ),
                ("posted_by_id", models.UUIDField(verbose_name="posted by")),
                ("title", models.CharField(max_length=80, verbose_name="title")),
                ("wanted", models.CharField(max_length=2000, verbose_name="what is wanted")),
                ("purpose", models.CharField(max_length=600, verbose_name="purpose")),
                (
                    "budget_from",
                    marketplace.core.money.MoneyField(
                        decimal_places=2, max_digits=18, null=True, verbose_name="budget from"
                    ),
                ),
                (
                    "budget_to",
                    marketplace.core.money.MoneyField(
                        decimal_places=2, max_digits=18, null=True, verbose_name="budget to"
                    ),
                ),
                ("currency", models.CharField(max_length=3, verbose_name="currency")),
                ("open_until", models.DateField(verbose_name="open until")),
                ("request_key", models.CharField(max_length=64, verbose_name="request key")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "Open for answers"),
                            ("closed", "Closed by the buyer"),
                            ("expired", "Run out"),
                        ],
                        default="open",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                (
                    "buyer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="demands",
                        to="accounts.organization",
                    ),
                ),
            ],
            options={
                "verbose_name": "request for data",
                "verbose_name_plural": "requests for data",
                "ordering": ["-created_at"],
            },
        ),
        migrations.CreateModel(
            name="Listing",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(default=marketplace.core.clock.now, editable=False),
                ),
                ("title", models.CharField(max_length=80, verbose_name="title")),
                ("summary", models.CharField(max_length=600, verbose_name="summary")),
                (
                    "scenarios",
                    models.CharField(
                        blank=True, max_length=600, verbose_name="application scenarios"
                    ),
                ),
                ("terms", models.JSONField(default=dict, verbose_name="terms")),
                ("plan", models.JSONField(default=dict, verbose_name="price plan")),
                (
                    "price",
                    marketplace.core.money.MoneyField(
                        decimal_places=6, max_digits=18, verbose_name="price"
                    ),
                ),
                ("currency", models.CharField(max_length=3, verbose_name="currency")),
                ("quota", models.PositiveIntegerField(null=True, verbose_name="number of sales")),
                ("on_sale_from", models.DateField(null=True, verbose_name="on sale from")),
                ("on_sale_until", models.DateField(null=True, verbose_name="on sale until")),
                (
                    "visibility",
                    models.CharField(
                        choices=[
                            ("public", "Everybody"),
                            ("kinds", "Organizations of certain kinds"),
                            ("invited", "Invited organizations alone"),
                        ],
                        default="public",
                        max_length=7,
                        verbose_name="visible to",
                    ),
                ),
                (
                    "visible_kinds",
                    models.CharField(
                        blank=True, max_length=100, verbose_name="kinds of organizations"
                    ),
                ),
                (
                    "delivery_mode",
                    models.CharField(
                        choices=marketplace.trading.listings.mode.modes.modes_to_choose,
                        default="file",
                        max_length=10,
                        verbose_name="delivery",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("submitted", "Waiting for a second officer"),
                            ("returned", "Returned for correction"),
                            ("published", "On the market"),
                            ("suspended", "Trading suspended"),
                            ("withdrawn", "Withdrawn from the market"),
                            ("superseded", "Replaced by a newer listing"),
                        ],
                        default="draft",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("submitted_by_id", models.UUIDField(null=True, verbose_name="submitted by")),
                ("sheet", models.JSONField(null=True, verbose_name="sheet")),
                (
                    "sheet_digest",
                    models.CharField(blank=True, max_length=64, verbose_name="digest of the sheet"),
                ),
                ("search_text", models.TextField(blank=True, default="")),
                ("theme", models.CharField(blank=True, default="", max_length=20)),
                ("asset_kind", models.CharField(blank=True, default="", max_length=16)),
                ("region", models.CharField(blank=True, default="", max_length=60)),
                ("published_at", models.DateTimeField(null=True, verbose_name="published at")),
                (
                    "suspension",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("seller", "The seller"),
                            ("centre", "The centre"),
                            ("gate", "A proof that no longer stands"),
                        ],
                        max_length=6,
                        verbose_name="suspended by",
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=1000, verbose_name="reason")),
                (
                    "appraisal",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="appraisal.appraisal",
                    ),
                ),
                (
                    "certificate",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="rights.certificate",
                    ),
                ),
                (
                    "organization",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="listings",
                        to="accounts.organization",
                        verbose_name="seller",
                    ),
                ),
                (
                    "replaces",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="successors",
                        to="listings.listing",
                        verbose_name="replaces",
                    ),
                ),
                (
                    "risk_report",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="preparation.riskreport",
                    ),
                ),
            ],
            options={
                "verbose_name": "listing",
                "verbose_name_plural": "listings",
                "ordering": ["-created_at"],
            },
        ),
        migrations.CreateModel(
            name="DemandAnswer",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(default=marketplace.core.clock.now, editable=False),
                ),
                ("person_id", models.UUIDField(verbose_name="answered by")),
                ("message", models.CharField(blank=True, max_length=1000, verbose_name="message")),
                (
                    "demand",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="answers",
                        to="listings.demand",
                    ),
                ),
                (
                    "seller",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="demand_answers",
                        to="accounts.organization",
                    ),
                ),
                (
                    "listing",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="demand_answers",
                        to="listings.listing",
                        verbose_name="listing",
                    ),
                ),
            ],
            options={
                "verbose_name": "answer to a request",
                "verbose_name_plural": "answers to requests",
                "ordering": ["created_at"],
            },
        ),
        migrations.CreateModel(
            name="ListingInvitation",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(default=marketplace.core.clock.now, editable=False),
                ),
                (
                    "listing",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="invitations",
                        to="listings.listing",
                    ),
                ),
                (
                    "organization",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.organization",
                    ),
                ),
            ],
            options={
                "verbose_name": "invitation to a listing",
                "verbose_name_plural": "invitations to listings",
            },
        ),
        migrations.CreateModel(
            name="ListingRenewal",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(default=marketplace.core.clock.now, editable=False),
                ),
                ("on_sale_from", models.DateField(null=True, verbose_name="on sale from")),
                ("on_sale_until", models.DateField(null=True, verbose_name="on sale until")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Waiting for a second officer"),
                            ("approved", "Approved"),
                            ("returned", "Returned"),
                            ("dropped", "Dropped with its listing"),
                        ],
                        default="waiting",
                        max_length=8,
                        verbose_name="state",
                    ),
                ),
                ("submitted_by_id", models.UUIDField(verbose_name="submitted by")),
                ("reason", models.CharField(blank=True, max_length=1000, verbose_name="reason")),
                ("old_sheet", models.JSONField(null=True, verbose_name="sheet before")),
                (
                    "old_sheet_digest",
                    models.CharField(
                        blank=True, max_length=64, verbose_name="digest of the sheet before"
                    ),
                ),
                ("decided_at", models.DateTimeField(null=True, verbose_name="decided at")),
                (
                    "appraisal",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="appraisal.appraisal",
                    ),
                ),
                (
                    "certificate",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="rights.certificate",
                    ),
                ),
                (
                    "listing",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="renewals",
                        to="listings.listing",
                    ),
                ),
                (
                    "old_certificate",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="rights.certificate",
                    ),
                ),
                (
                    "risk_report",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="preparation.riskreport",
                    ),
                ),
            ],
            options={
                "verbose_name": "renewal of a listing",
                "verbose_name_plural": "renewals of listings",
                "ordering": ["-created_at"],
            },
        ),
        migrations.CreateModel(
            name="ListingReport",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(default=marketplace.core.clock.now, editable=False),
                ),
                ("content", models.JSONField(verbose_name="content")),
                ("sha256", models.CharField(max_length=64, verbose_name="SHA-256")),
                (
                    "listing",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="report",
                        to="listings.listing",
                    ),
                ),
            ],
            options={
                "verbose_name": "report to sell",
                "verbose_name_plural": "reports to sell",
                "ordering": ["-created_at"],
            },
        ),
        migrations.CreateModel(
            name="Product",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(default=marketplace.core.clock.now, editable=False),
                ),
                (
                    "policy_sha256",
                    models.CharField(max_length=64, verbose_name="digest of the policy"),
                ),
                ("key_columns", models.JSONField(default=list, verbose_name="key columns")),
                (
                    "treatment",
                    models.CharField(
                        choices=[
                            ("masked", "Desensitized rows"),
                            ("synthetic", "Synthetic rows"),
                            ("model", "Trained model"),
                        ],
                        max_length=9,
                        verbose_name="treatment",
                    ),
                ),
                (
                    "dataset",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="products",
                        to="catalog.dataset",
                        verbose_name="dataset",
                    ),
                ),
                (
                    "organization",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="products",
                        to="accounts.organization",
                        verbose_name="seller",
                    ),
                ),
            ],
            options={
                "verbose_name": "product",
                "verbose_name_plural": "products",
                "ordering": ["-created_at"],
            },
        ),
        migrations.AddField(
            model_name="listing",
            name="product",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="listings",
                to="listings.product",
                verbose_name="product",
            ),
        ),
        migrations.CreateModel(
            name="Revision",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(default=marketplace.core.clock.now, editable=False),
                ),
                ("number", models.PositiveIntegerField(verbose_name="revision number")),
                (
                    "policy_sha256",
                    models.CharField(max_length=64, verbose_name="digest of the policy"),
                ),
                ("sha256", models.CharField(max_length=64, verbose_name="SHA-256")),
                (
                    "verdict",
                    models.CharField(
                        choices=[
                            ("no-personal-information", "No personal information"),
                            ("anonymous", "Anonymous"),
                            ("de-identified", "De-identified: still personal information"),
                            ("not-measured", "Not measured"),
                            ("members-hidden", "Model: membership within the bound"),
                        ],
                        max_length=24,
                        verbose_name="verdict",
                    ),
                ),
                ("period", models.CharField(blank=True, max_length=60, verbose_name="time scope")),
                ("live_at", models.DateTimeField(null=True, verbose_name="live since")),
                (
                    "product",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="revisions",
                        to="listings.product",
                    ),
                ),
                (
                    "run",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="preparation.run",
                    ),
                ),
                (
                    "version",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="revision",
                        to="catalog.datasetversion",
                    ),
                ),
            ],
            options={
                "verbose_name": "revision",
                "verbose_name_plural": "revisions",
                "ordering": ["-number"],
            },
        ),
        migrations.AddField(
            model_name="listing",
            name="revision",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="listings",
                to="listings.revision",
                verbose_name="revision",
            ),
        ),
        migrations.CreateModel(
            name="Sandbox",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(default=marketplace.core.clock.now, editable=False),
                ),
                ("declaration", models.JSONField(verbose_name="declaration")),
                (
                    "epsilon",
                    marketplace.preparation.budget.models.EpsilonField(
                        decimal_places=3, max_digits=9, verbose_name="budget of a buyer"
                    ),
                ),
                (
                    "epsilon_question",
                    marketplace.preparation.budget.models.EpsilonField(
                        decimal_places=3, max_digits=9, verbose_name="most for one question"
                    ),
                ),
                (
                    "epsilon_all",
                    marketplace.preparation.budget.models.EpsilonField(
                        decimal_places=3, max_digits=9, verbose_name="budget of all buyers together"
                    ),
                ),
                (
                    "period",
                    models.CharField(
                        choices=[("licence", "The whole licence"), ("month", "Each month anew")],
                        default="licence",
                        max_length=8,
                        verbose_name="budget period",
                    ),
                ),
                (
                    "listing",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sandbox",
                        to="listings.listing",
                    ),
                ),
            ],
            options={
                "verbose_name": "sandbox",
                "verbose_name_plural": "sandboxes",
                "ordering": ["-created_at"],
            },
        ),
        migrations.CreateModel(
            name="TakenSale",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(default=marketplace.core.clock.now, editable=False),
                ),
                ("order_id", models.UUIDField(unique=True, verbose_name="order")),
                ("is_exclusive", models.BooleanField(default=False, verbose_name="exclusive")),
                (
                    "number",
                    models.PositiveIntegerField(null=True, verbose_name="number of the sale"),
                ),
                ("is_live", models.BooleanField(default=True, verbose_name="taken")),
                ("is_completed", models.BooleanField(default=False, verbose_name="completed")),
                (
                    "licensed_from",
                    models.DateTimeField(null=True, verbose_name="licensed from"),
                ),
                (
                    "licensed_until",
                    models.DateTimeField(null=True, verbose_name="licensed until"),
                ),
                (
                    "buyer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.organization",
                    ),
                ),
                (
                    "listing",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="taken_sales",
                        to="listings.listing",
                    ),
                ),
            ],
            options={
                "verbose_name": "sale of a listing",
                "verbose_name_plural": "sales of listings",
                "ordering": ["-created_at"],
            },
        ),
        migrations.CreateModel(
            name="ReservedBudget",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(default=marketplace.core.clock.now, editable=False),
                ),
                (
                    "epsilon",
                    marketplace.preparation.budget.models.EpsilonField(
                        decimal_places=3, max_digits=9, verbose_name="ε promised"
                    ),
                ),
                (
                    "spent",
                    marketplace.preparation.budget.models.EpsilonField(
                        decimal_places=3, default=0, max_digits=9, verbose_name="ε spent"
                    ),
                ),
                (
                    "learnt",
                    marketplace.preparation.budget.models.EpsilonField(
                        decimal_places=3,
                        default=0,
                        max_digits=9,
                        verbose_name="ε spent on new answers",
                    ),
                ),
                ("ended_at", models.DateTimeField(null=True, verbose_name="ended at")),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="catalog.datasetversion",
                    ),
                ),
                (
                    "sale",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reserved_budget",
                        to="listings.takensale",
                    ),
                ),
            ],
            options={
                "verbose_name": "reserved budget",
                "verbose_name_plural": "reserved budgets",
                "ordering": ["created_at"],
            },
        ),
        migrations.CreateModel(
            name="IncomeShare",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(default=marketplace.core.clock.now, editable=False),
                ),
                (
                    "ground",
                    models.CharField(
                        choices=[
                            ("co_owner", "Co-owner of the data"),
                            ("source", "Agency that the data came from"),
                            ("labelling", "Labelling organization"),
                            ("dealer", "Data dealer"),
                        ],
                        max_length=9,
                        verbose_name="ground",
                    ),
                ),
                (
                    "rate",
                    models.DecimalField(
                        decimal_places=6, max_digits=7, verbose_name="share of the income"
                    ),
                ),
                (
                    "rows",
                    models.PositiveBigIntegerField(null=True, verbose_name="rows that are theirs"),
                ),
                ("of_rows", models.PositiveBigIntegerField(null=True, verbose_name="rows in all")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("proposed", "Proposed"),
                            ("agreed", "Agreed"),
                            ("declined", "Declined"),
                            ("ended", "Ended"),
                        ],
                        default="proposed",
                        max_length=8,
                        verbose_name="state",
                    ),
                ),
                ("proposed_by_id", models.UUIDField(verbose_name="proposed by")),
                ("answered_by_id", models.UUIDField(null=True, verbose_name="answered by")),
                ("answered_at", models.DateTimeField(null=True, verbose_name="answered at")),
                (
                    "listing",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="income_shares",
                        to="listings.listing",
                    ),
                ),
                (
                    "organization",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="income_shares",
                        to="accounts.organization",
                    ),
                ),
            ],
            options={
                "verbose_name": "income share",
                "verbose_name_plural": "income shares",
                "ordering": ["-created_at"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ("proposed", "agreed"))),
                        fields=("listing", "organization"),
                        name="listings_income_share_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("rate__gt", 0), ("rate__lt", 1)),
                        name="listings_income_share_is_a_part",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("of_rows", None), ("rows", None)),
                            models.Q(("rows__gt", 0), ("rows__lte", models.F("of_rows"))),
                            _connector="OR",
                        ),
                        name="listings_income_share_rows_of_all",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Inquiry",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(default=marketplace.core.clock.now, editable=False),
                ),
                ("asked_by_id", models.UUIDField(verbose_name="asked by")),
                ("text", models.CharField(max_length=500, verbose_name="inquiry")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("asked", "Not answered yet"),
                            ("answered", "Answered"),
                            ("withheld", "Not shown"),
                        ],
                        default="asked",
                        max_length=8,
                        verbose_name="state",
                    ),
                ),
                ("answer", models.CharField(blank=True, max_length=1000, verbose_name="answer")),
                ("answered_by_id", models.UUIDField(null=True, verbose_name="answered by")),
                ("answered_at", models.DateTimeField(null=True, verbose_name="answered at")),
                ("reason", models.CharField(blank=True, max_length=500, verbose_name="reason")),
                (
                    "listing",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="inquiries",
                        to="listings.listing",
                    ),
                ),
                (
                    "organization",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.organization",
                    ),
                ),
                (
                    "product",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="inquiries",
                        to="listings.product",
                    ),
                ),
            ],
            options={
                "verbose_name": "inquiry",
                "verbose_name_plural": "inquiries",
                "ordering": ["-created_at"],
                "indexes": [
                    models.Index(fields=["product", "state"], name="listings_inquiry_of_product")
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("product", "organization", "text"), name="listings_inquiry_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "answered"), _negated=True),
                            models.Q(("answer", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="listings_inquiry_is_answered_in_words",
                    ),
                ],
            },
        ),
        migrations.AddIndex(
            model_name="demand",
            index=models.Index(fields=["state", "open_until"], name="listings_de_state_0804b5_idx"),
        ),
        migrations.AddConstraint(
            model_name="demand",
            constraint=models.UniqueConstraint(
                fields=("buyer", "request_key"), name="listings_demand_request_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="demand",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("budget_from__isnull", True),
                    ("budget_to__isnull", True),
                    ("budget_from__lte", models.F("budget_to")),
                    _connector="OR",
                ),
                name="listings_demand_budget_in_order",
            ),
        ),
        migrations.AddConstraint(
            model_name="demand",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("budget_from__isnull", True), ("budget_from__gte", 0), _connector="OR"
                    ),
                    models.Q(("budget_to__isnull", True), ("budget_to__gte", 0), _connector="OR"),
                ),
                name="listings_demand_budget_not_negative",
            ),
        ),
        migrations.AddConstraint(
            model_name="demandanswer",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("listing__isnull", False),
                    models.Q(("message", ""), _negated=True),
                    _connector="OR",
                ),
                name="listings_demand_answer_says_something",
            ),
        ),
        migrations.AddConstraint(
            model_name="demandanswer",
            constraint=models.UniqueConstraint(
                condition=models.Q(("listing__isnull", False)),
                fields=("demand", "seller", "listing"),
                name="listings_demand_answer_by_listing_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="demandanswer",
            constraint=models.UniqueConstraint(
                condition=models.Q(("listing__isnull", True)),
                fields=("demand", "seller", "message"),
                name="listings_demand_answer_in_words_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="listinginvitation",
            constraint=models.UniqueConstraint(
                fields=("listing", "organization"), name="listings_invited_to_listing_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="listingrenewal",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "waiting")),
                fields=("listing",),
                name="listings_one_waiting_renewal",
                violation_error_message="A renewal of this listing waits already.",
            ),
        ),
        migrations.AddConstraint(
            model_name="product",
            constraint=models.UniqueConstraint(
                fields=("dataset", "policy_sha256"),
                name="listings_one_product_of_policy",
                violation_error_message="The dataset is a product by this policy already.",
            ),
        ),
        migrations.AddConstraint(
            model_name="revision",
            constraint=models.UniqueConstraint(
                fields=("product", "number"),
                name="listings_revision_number",
                violation_error_message="The product has a revision of this number already.",
            ),
        ),
        migrations.AddConstraint(
            model_name="revision",
            constraint=models.CheckConstraint(
                condition=models.Q(("number__gte", 1)), name="listings_revision_counts_from_one"
            ),
        ),
        migrations.AddIndex(
            model_name="listing",
            index=models.Index(
                fields=["state", "-published_at"], name="listings_li_state_44e1b8_idx"
            ),
        ),
        migrations.AddIndex(
            model_name="listing",
            index=models.Index(
                fields=["state", "-created_at", "-id"], name="listings_listing_by_age"
            ),
        ),
        migrations.AddIndex(
            model_name="listing",
            index=models.Index(
                fields=["state", "theme", "-published_at"], name="listings_listing_by_theme"
            ),
        ),
        migrations.AddIndex(
            model_name="listing",
            index=models.Index(fields=["state", "price"], name="listings_listing_by_price"),
        ),
        migrations.AddConstraint(
            model_name="listing",
            constraint=models.CheckConstraint(
                condition=models.Q(("price__gte", 0)),
                name="listings_listing_price_not_negative",
                violation_error_message="A price is not negative.",
            ),
        ),
        migrations.AddConstraint(
            model_name="listing",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "published"), _negated=True),
                    models.Q(
                        ("appraisal__isnull", False),
                        ("certificate__isnull", False),
                        ("risk_report__isnull", False),
                        ("sheet__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="listings_listing_published_with_proofs",
                violation_error_message="A listing is published with all its proofs.",
            ),
        ),
        migrations.AddConstraint(
            model_name="listing",
            constraint=models.UniqueConstraint(
                condition=models.Q(
                    ("state__in", ("published", "suspended", "withdrawn", "superseded"))
                ),
                fields=("replaces",),
                name="listings_listing_replaced_once",
                violation_error_message="Another listing has replaced it already.",
            ),
        ),
        migrations.AddConstraint(
            model_name="sandbox",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("epsilon_question__gt", 0),
                    ("epsilon__gte", models.F("epsilon_question")),
                    ("epsilon_all__gte", models.F("epsilon")),
                ),
                name="listings_sandbox_budgets_in_order",
                violation_error_message="One question may spend no more than a buyer, and a buyer no more than all.",
            ),
        ),
        migrations.AddIndex(
            model_name="takensale",
            index=models.Index(fields=["listing", "is_live"], name="listings_sale_of_listing"),
        ),
        migrations.AddConstraint(
            model_name="takensale",
            constraint=models.UniqueConstraint(
                condition=models.Q(("is_exclusive", True), ("is_live", True)),
                fields=("listing",),
                name="listings_one_sale_of_exclusive_listing",
                violation_error_message="This is sold to one buyer alone, and is ordered already.",
            ),
        ),
        migrations.AddConstraint(
            model_name="takensale",
            constraint=models.UniqueConstraint(
                condition=models.Q(("is_live", True), ("number__isnull", False)),
                fields=("listing", "number"),
                name="listings_sale_of_listing_once",
                violation_error_message="This sale of the listing is taken already.",
            ),
        ),
        migrations.AddConstraint(
            model_name="takensale",
            constraint=models.CheckConstraint(
                condition=models.Q(("is_completed", False), ("is_live", True), _connector="OR"),
                name="listings_completed_sale_is_live",
            ),
        ),
        migrations.AddConstraint(
            model_name="reservedbudget",
            constraint=models.CheckConstraint(
                condition=models.Q(("learnt__gte", 0), ("spent__gte", models.F("learnt"))),
                name="listings_reserved_budget_in_order",
            ),
        ),
        migrations.CreateModel(
            name="ImpactAssessment",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(default=marketplace.core.clock.now, editable=False),
                ),
                (
                    "policy_digest",
                    models.CharField(max_length=64, verbose_name="digest of the policy"),
                ),
                ("cases", models.JSONField(default=list, verbose_name="cases of the law")),
                (
                    "purpose",
                    models.CharField(max_length=2000, verbose_name="purpose and way of processing"),
                ),
                (
                    "necessity",
                    models.CharField(
                        max_length=2000, verbose_name="why it is lawful and necessary"
                    ),
                ),
                (
                    "risks",
                    models.CharField(
                        max_length=2000, verbose_name="influence on persons and risks"
                    ),
                ),
                (
                    "measures",
                    models.CharField(
                        max_length=2000, verbose_name="measures, and whether they suffice"
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("made", "Waiting for a second person"),
                            ("returned", "Returned for correction"),
                            ("approved", "Approved"),
                        ],
                        default="made",
                        max_length=8,
                        verbose_name="state",
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=1000, verbose_name="reason")),
                ("made_by_id", models.UUIDField(verbose_name="made by")),
                ("approved_by_id", models.UUIDField(null=True, verbose_name="approved by")),
                ("approved_at", models.DateTimeField(null=True, verbose_name="approved at")),
                ("kept_until", models.DateField(null=True, verbose_name="kept until")),
                (
                    "organization",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.organization",
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="assessments",
                        to="catalog.datasetversion",
                    ),
                ),
            ],
            options={
                "verbose_name": "impact assessment",
                "verbose_name_plural": "impact assessments",
                "ordering": ["-created_at"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("approved_by_id", None),
                            models.Q(("approved_by_id", models.F("made_by_id")), _negated=True),
                            _connector="OR",
                        ),
                        name="listings_assessment_four_eyes",
                        violation_error_message="Who made the assessment does not approve it.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "approved"), _negated=True),
                            models.Q(
                                ("approved_at__isnull", False),
                                ("approved_by_id__isnull", False),
                                ("kept_until__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="listings_assessment_approved_whole",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "returned"), _negated=True),
                        fields=("version",),
                        name="listings_one_assessment_of_version",
                        violation_error_message="The impact of this version is assessed already.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SecurityAssessment",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(default=marketplace.core.clock.now, editable=False),
                ),
                (
                    "reference",
                    models.CharField(max_length=100, verbose_name="reference of the authority"),
                ),
                ("valid_until", models.DateField(verbose_name="valid until")),
                ("recorded_by_id", models.UUIDField(verbose_name="recorded by")),
                (
                    "buyer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.organization",
                    ),
                ),
                (
                    "dataset",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="security_assessments",
                        to="catalog.dataset",
                    ),
                ),
            ],
            options={
                "verbose_name": "security assessment of an export",
                "verbose_name_plural": "security assessments of exports",
                "ordering": ["-created_at"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("dataset", "buyer", "reference"),
                        name="listings_security_assessment_once",
                        violation_error_message="This assessment is recorded already.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="PastOffer",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(default=marketplace.core.clock.now, editable=False),
                ),
                ("sheet", models.JSONField(verbose_name="sheet")),
                (
                    "sheet_digest",
                    models.CharField(max_length=64, verbose_name="digest of the sheet"),
                ),
                (
                    "appraisal",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="appraisal.appraisal",
                    ),
                ),
                (
                    "certificate",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="rights.certificate",
                    ),
                ),
                (
                    "listing",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="past_offers",
                        to="listings.listing",
                    ),
                ),
                (
                    "revision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="past_offers",
                        to="listings.revision",
                    ),
                ),
                (
                    "risk_report",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="preparation.riskreport",
                    ),
                ),
            ],
            options={
                "verbose_name": "past offer of a listing",
                "verbose_name_plural": "past offers of listings",
                "ordering": ["-created_at"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("listing", "revision"), name="listings_past_offer_of_revision_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="RevisionDifference",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(default=marketplace.core.clock.now, editable=False),
                ),
                ("inserted", models.BigIntegerField(null=True, verbose_name="rows inserted")),
                ("updated", models.BigIntegerField(null=True, verbose_name="rows updated")),
                ("deleted", models.BigIntegerField(null=True, verbose_name="rows deleted")),
                ("added_columns", models.JSONField(default=list, verbose_name="columns added")),
                ("removed_columns", models.JSONField(default=list, verbose_name="columns removed")),
                (
                    "retyped_columns",
                    models.JSONField(default=list, verbose_name="columns of another type"),
                ),
                (
                    "revision",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="difference",
                        to="listings.revision",
                    ),
                ),
            ],
            options={
                "verbose_name": "difference of a revision",
                "verbose_name_plural": "differences of revisions",
                "ordering": ["created_at"],
            },
        ),
        migrations.CreateModel(
            name="MeasuringTerms",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(default=marketplace.core.clock.now, editable=False),
                ),
                ("is_open", models.BooleanField(verbose_name="buyers may measure")),
                (
                    "epsilon",
                    marketplace.preparation.budget.models.EpsilonField(
                        decimal_places=3, max_digits=9, verbose_name="ε of a measurement"
                    ),
                ),
                (
                    "most_of_buyer",
                    models.PositiveIntegerField(verbose_name="measurements of one buyer"),
                ),
                (
                    "person",
                    models.CharField(
                        blank=True, max_length=200, verbose_name="column that tells persons apart"
                    ),
                ),
                (
                    "rows",
                    models.PositiveIntegerField(
                        default=1, verbose_name="rows of one person that count"
                    ),
                ),
                (
                    "source",
                    models.CharField(
                        blank=True, max_length=200, verbose_name="column of the source"
                    ),
                ),
                ("sources", models.JSONField(default=list, verbose_name="sources")),
                (
                    "listing",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="measuring_terms",
                        to="listings.listing",
                    ),
                ),
            ],
            options={
                "verbose_name": "terms of measuring",
                "verbose_name_plural": "terms of measuring",
                "ordering": ["-created_at"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("epsilon__gt", 0), ("most_of_buyer__gte", 1), ("rows__gte", 1)
                        ),
                        name="listings_measuring_in_order",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ShareProposal",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(default=marketplace.core.clock.now, editable=False),
                ),
                ("reckoning", models.JSONField(verbose_name="how they came about")),
                ("digest", models.CharField(max_length=64, verbose_name="digest")),
                ("proposed_by_id", models.UUIDField(verbose_name="proposed by")),
                (
                    "listing",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="share_proposals",
                        to="listings.listing",
                    ),
                ),
            ],
            options={
                "verbose_name": "proposal of shares",
                "verbose_name_plural": "proposals of shares",
                "ordering": ["-created_at"],
            },
        ),
        migrations.AddField(
            model_name="incomeshare",
            name="proposal",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="shares",
                to="listings.shareproposal",
                verbose_name="proposal of shares",
            ),
        ),
        migrations.RunPython(create, drop),
        keep_apart(Kept("listings_impactassessment", "made_by_id", "approved_by_id")),
    ]
