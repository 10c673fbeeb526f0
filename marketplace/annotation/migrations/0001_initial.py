"""Labelling projects, the work of annotators, what was found of it and paid for it."""

import uuid

import django.db.models.deletion
from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

import marketplace.core.clock
import marketplace.core.money
from marketplace.core import append_only

APPEND_ONLY = {
    "annotation_guideline": ["id", "project_id,number"],
    "annotation_label": ["id", "task_id,number"],
    "annotation_itemlook": ["id"],
    "annotation_rowlook": ["id"],
    "annotation_inspection": ["id", "batch_id,round"],
    "annotation_funding": ["id", "project_id,request_key"],
    "annotation_labelpay": ["id", "batch_id"],
    "annotation_arbitration": ["id", "item_id"],
    "annotation_doubt": ["id", "item_id"],
    "annotation_labelledset": ["id", "project_id", "version_id"],
}


def install(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Create the triggers."""
    for table, key in APPEND_ONLY.items():
        append_only.install(schema_editor, table, key=key)


def remove(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Drop the triggers."""
    for table in APPEND_ONLY:
        append_only.remove(schema_editor, table)


class Migration(migrations.Migration):
    """Tables and triggers."""

    initial = True

    dependencies = [
        ("accounts", "0001_initial"),
        ("catalog", "0002_triggers"),
    ]

    operations = [
        migrations.CreateModel(
            name="Annotator",
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
                ("person_id", models.UUIDField(verbose_name="person")),
                ("number", models.PositiveIntegerField(verbose_name="number")),
                ("qualified_at", models.DateTimeField(null=True, verbose_name="qualified at")),
                (
                    "organization",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="annotators",
                        to="accounts.organization",
                        verbose_name="organization",
                    ),
                ),
            ],
            options={
                "verbose_name": "annotator",
                "verbose_name_plural": "annotators",
                "ordering": ["number"],
            },
        ),
        migrations.CreateModel(
            name="Batch",
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
                ("number", models.PositiveIntegerField(verbose_name="number")),
                (
                    "is_qualification",
                    models.BooleanField(default=False, verbose_name="qualification"),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "Being labelled"),
                            ("handed_in", "Handed in"),
                            ("returned", "Returned to be labelled again"),
                            ("accepted", "Accepted"),
                            ("refused", "Refused for good"),
                            ("qualified", "Qualified by it"),
                            ("lapsed", "Given back, for nobody went on with it"),
                            ("not_qualified", "Not qualified by it"),
                        ],
                        default="open",
                        max_length=13,
                        verbose_name="state",
                    ),
                ),
                (
                    "round",
                    models.PositiveSmallIntegerField(default=0, verbose_name="times handed in"),
                ),
                ("sample", models.JSONField(default=list, verbose_name="places of the sample")),
                (
                    "taken_at",
                    models.DateTimeField(
                        default=marketplace.core.clock.now, verbose_name="taken at"
                    ),
                ),
                ("handed_in_at", models.DateTimeField(null=True, verbose_name="handed in at")),
                (
                    "annotator",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="batches",
                        to="annotation.annotator",
                    ),
                ),
            ],
            options={
                "verbose_name": "batch of items",
                "verbose_name_plural": "batches of items",
                "ordering": ["number"],
            },
        ),
        migrations.CreateModel(
            name="Inspection",
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
                ("round", models.PositiveSmallIntegerField(verbose_name="round")),
                ("lot", models.PositiveSmallIntegerField(verbose_name="labels of the batch")),
                ("sampled", models.PositiveSmallIntegerField(verbose_name="labels looked at")),
                ("accept", models.PositiveSmallIntegerField(verbose_name="wrong ones allowed")),
                ("wrong", models.JSONField(default=list, verbose_name="places of the wrong ones")),
                ("is_accepted", models.BooleanField(verbose_name="accepted")),
                ("inspected_by_id", models.UUIDField(verbose_name="inspected by")),
                (
                    "batch",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="inspections",
                        to="annotation.batch",
                    ),
                ),
            ],
            options={
                "verbose_name": "inspection of a batch",
                "verbose_name_plural": "inspections of batches",
                "ordering": ["round"],
            },
        ),
        migrations.CreateModel(
            name="LabellingProject",
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
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("one", "One class"),
                            ("several", "One or several classes"),
                            ("spans", "Spans in text"),
                            ("text", "Free answer"),
                            ("fields", "Corrected columns"),
                        ],
                        max_length=8,
                        verbose_name="what is asked",
                    ),
                ),
                ("classes", models.JSONField(default=list, verbose_name="classes")),
                ("columns", models.JSONField(default=list, verbose_name="columns shown")),
                ("rows", models.PositiveIntegerField(verbose_name="rows to label")),
                (
                    "overlap_percent",
                    models.PositiveSmallIntegerField(verbose_name="share labelled by several"),
                ),
                (
                    "overlap_count",
                    models.PositiveSmallIntegerField(verbose_name="annotators of such an item"),
                ),
                (
                    "gold_percent",
                    models.PositiveSmallIntegerField(verbose_name="share of gold items"),
                ),
                ("batch_size", models.PositiveSmallIntegerField(verbose_name="items of a batch")),
                (
                    "pass_percent",
                    models.PositiveSmallIntegerField(verbose_name="share that is right to qualify"),
                ),
                (
                    "quality_limit",
                    models.CharField(
                        choices=[
                            ("2.5", "2.5 wrong labels per hundred"),
                            ("4.0", "4.0 wrong labels per hundred"),
                            ("6.5", "6.5 wrong labels per hundred"),
                        ],
                        max_length=3,
                        verbose_name="acceptance quality limit",
                    ),
                ),
                (
                    "price",
                    marketplace.core.money.MoneyField(
                        decimal_places=2, max_digits=18, verbose_name="price of an accepted item"
                    ),
                ),
                ("currency", models.CharField(max_length=3, verbose_name="currency")),
                ("opened_by_id", models.UUIDField(verbose_name="opened by")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("published", "Open for labelling"),
                            ("paused", "Paused"),
                            ("ending", "Being closed"),
                            ("closed", "Closed"),
                        ],
                        default="draft",
                        max_length=9,
                        verbose_name="state",
                    ),
                ),
                (
                    "admitted",
                    models.ManyToManyField(
                        related_name="labelling_open_to",
                        to="accounts.organization",
                        verbose_name="admitted organizations",
                    ),
                ),
                (
                    "organization",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="labelling_projects",
                        to="accounts.organization",
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="labelling_projects",
                        to="catalog.datasetversion",
                        verbose_name="version",
                    ),
                ),
            ],
            options={
                "verbose_name": "labelling project",
                "verbose_name_plural": "labelling projects",
                "ordering": ["-created_at"],
            },
        ),
        migrations.CreateModel(
            name="Item",
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
                ("row", models.PositiveIntegerField(verbose_name="row")),
                (
                    "needed",
                    models.PositiveSmallIntegerField(default=0, verbose_name="annotators needed"),
                ),
                (
                    "taken",
                    models.PositiveSmallIntegerField(default=0, verbose_name="annotators so far"),
                ),
                ("gold", models.JSONField(null=True, verbose_name="right answer")),
                (
                    "is_gone",
                    models.BooleanField(default=False, verbose_name="its row left the data"),
                ),
                (
                    "project",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="items",
                        to="annotation.labellingproject",
                    ),
                ),
            ],
            options={
                "verbose_name": "labelling item",
                "verbose_name_plural": "labelling items",
                "ordering": ["row"],
            },
        ),
        migrations.CreateModel(
            name="Guideline",
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
                ("number", models.PositiveIntegerField(verbose_name="edition")),
                ("text", models.CharField(max_length=10000, verbose_name="guideline")),
                (
                    "examples",
                    models.CharField(blank=True, max_length=4000, verbose_name="examples"),
                ),
                ("written_by_id", models.UUIDField(verbose_name="written by")),
                (
                    "project",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="guidelines",
                        to="annotation.labellingproject",
                    ),
                ),
            ],
            options={
                "verbose_name": "labelling guideline",
                "verbose_name_plural": "labelling guidelines",
                "ordering": ["-number"],
            },
        ),
        migrations.CreateModel(
            name="Funding",
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
                    "amount",
                    marketplace.core.money.MoneyField(
                        decimal_places=2, max_digits=18, verbose_name="amount"
                    ),
                ),
                ("request_key", models.CharField(max_length=64, verbose_name="request key")),
                ("funded_by_id", models.UUIDField(verbose_name="set aside by")),
                (
                    "project",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="fundings",
                        to="annotation.labellingproject",
                    ),
                ),
            ],
            options={
                "verbose_name": "money for labels",
                "verbose_name_plural": "money for labels",
                "ordering": ["created_at"],
            },
        ),
        migrations.AddField(
            model_name="annotator",
            name="project",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="annotators",
                to="annotation.labellingproject",
            ),
        ),
        migrations.CreateModel(
            name="LabelPay",
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
                ("items", models.PositiveSmallIntegerField(verbose_name="items accepted")),
                (
                    "price",
                    marketplace.core.money.MoneyField(
                        decimal_places=2, max_digits=18, verbose_name="price of an item"
                    ),
                ),
                (
                    "amount",
                    marketplace.core.money.MoneyField(
                        decimal_places=2, max_digits=18, verbose_name="amount"
                    ),
                ),
                ("currency", models.CharField(max_length=3, verbose_name="currency")),
                (
                    "batch",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="pay",
                        to="annotation.batch",
                    ),
                ),
                (
                    "organization",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="label_pays",
                        to="accounts.organization",
                    ),
                ),
            ],
            options={
                "verbose_name": "pay for labels",
                "verbose_name_plural": "pay for labels",
                "ordering": ["created_at"],
            },
        ),
        migrations.CreateModel(
            name="Task",
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
                ("position", models.PositiveIntegerField(verbose_name="position")),
                ("answer", models.JSONField(null=True, verbose_name="answer")),
                (
                    "skipped",
                    models.CharField(blank=True, max_length=200, verbose_name="skipped because"),
                ),
                (
                    "is_lost",
                    models.BooleanField(default=False, verbose_name="given to somebody else"),
                ),
                (
                    "annotator",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="tasks",
                        to="annotation.annotator",
                    ),
                ),
                (
                    "batch",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="tasks",
                        to="annotation.batch",
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="tasks",
                        to="annotation.item",
                    ),
                ),
            ],
            options={
                "verbose_name": "item of a batch",
                "verbose_name_plural": "items of batches",
                "ordering": ["position"],
            },
        ),
        migrations.CreateModel(
            name="Label",
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
                ("number", models.PositiveIntegerField(verbose_name="number")),
                ("answer", models.JSONField(null=True, verbose_name="answer")),
                (
                    "skipped",
                    models.CharField(blank=True, max_length=200, verbose_name="skipped because"),
                ),
                ("seconds", models.PositiveIntegerField(verbose_name="seconds since it was shown")),
                (
                    "task",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="labels",
                        to="annotation.task",
                    ),
                ),
            ],
            options={
                "verbose_name": "label of an item",
                "verbose_name_plural": "labels of items",
                "ordering": ["number"],
            },
        ),
        migrations.CreateModel(
            name="ItemLook",
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
                ("person_id", models.UUIDField(verbose_name="person")),
                (
                    "task",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="looks",
                        to="annotation.task",
                    ),
                ),
            ],
            options={
                "verbose_name": "look at an item",
                "verbose_name_plural": "looks at items",
                "ordering": ["-created_at"],
            },
        ),
        migrations.AddConstraint(
            model_name="batch",
            constraint=models.UniqueConstraint(
                fields=("annotator", "number"), name="annotation_batch_number"
            ),
        ),
        migrations.AddConstraint(
            model_name="batch",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "open")),
                fields=("annotator",),
                name="annotation_one_open_batch",
            ),
        ),
        migrations.AddConstraint(
            model_name="inspection",
            constraint=models.UniqueConstraint(
                fields=("batch", "round"), name="annotation_inspection_once_a_round"
            ),
        ),
        migrations.AddConstraint(
            model_name="item",
            constraint=models.UniqueConstraint(
                condition=models.Q(("is_gone", False)),
                fields=("project", "row"),
                name="annotation_item_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="item",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("gold__isnull", True), ("needed__gt", 0)),
                    models.Q(("gold__isnull", False), ("needed", 0), ("taken", 0)),
                    _connector="OR",
                ),
                name="annotation_gold_is_not_counted",
            ),
        ),
        migrations.AddConstraint(
            model_name="item",
            constraint=models.CheckConstraint(
                condition=models.Q(("taken__lte", models.F("needed"))),
                name="annotation_item_not_taken_too_often",
            ),
        ),
        migrations.AddConstraint(
            model_name="guideline",
            constraint=models.UniqueConstraint(
                fields=("project", "number"), name="annotation_guideline_number"
            ),
        ),
        migrations.AddConstraint(
            model_name="funding",
            constraint=models.UniqueConstraint(
                fields=("project", "request_key"), name="annotation_funding_request_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="funding",
            constraint=models.CheckConstraint(
                condition=models.Q(("amount__gt", 0)), name="annotation_funding_positive"
            ),
        ),
        migrations.AddConstraint(
            model_name="annotator",
            constraint=models.UniqueConstraint(
                fields=("project", "person_id"), name="annotation_annotator_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="annotator",
            constraint=models.UniqueConstraint(
                fields=("project", "number"), name="annotation_annotator_number"
            ),
        ),
        migrations.AddConstraint(
            model_name="task",
            constraint=models.UniqueConstraint(
                fields=("item", "annotator"), name="annotation_task_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="task",
            constraint=models.UniqueConstraint(
                fields=("batch", "position"), name="annotation_task_position"
            ),
        ),
        migrations.AddConstraint(
            model_name="task",
            constraint=models.CheckConstraint(
                condition=models.Q(("answer__isnull", True), ("skipped", ""), _connector="OR"),
                name="annotation_task_answered_or_skipped",
            ),
        ),
        migrations.AddConstraint(
            model_name="label",
            constraint=models.UniqueConstraint(
                fields=("task", "number"), name="annotation_label_number"
            ),
        ),
        migrations.AddConstraint(
            model_name="label",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("answer__isnull", False), ("skipped", "")),
                    models.Q(("answer__isnull", True), models.Q(("skipped", ""), _negated=True)),
                    _connector="OR",
                ),
                name="annotation_label_says_something",
            ),
        ),
        migrations.CreateModel(
            name="Arbitration",
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
                ("answer", models.JSONField(verbose_name="answer")),
                ("decided_by_id", models.UUIDField(verbose_name="decided by")),
                (
                    "item",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="arbitration",
                        to="annotation.item",
                    ),
                ),
            ],
            options={
                "verbose_name": "decision on an item",
                "verbose_name_plural": "decisions on items",
                "ordering": ["created_at"],
            },
        ),
        migrations.CreateModel(
            name="Doubt",
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
                ("raised_by_id", models.UUIDField(verbose_name="raised by")),
                (
                    "item",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="doubt",
                        to="annotation.item",
                    ),
                ),
            ],
            options={
                "verbose_name": "doubt about a label",
                "verbose_name_plural": "doubts about labels",
                "ordering": ["created_at"],
            },
        ),
        migrations.CreateModel(
            name="LabelledSet",
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
                ("items", models.PositiveIntegerField(verbose_name="items")),
                (
                    "cost",
                    marketplace.core.money.MoneyField(
                        decimal_places=2, max_digits=18, verbose_name="paid for the labels"
                    ),
                ),
                ("made_by_id", models.UUIDField(verbose_name="made by")),
                (
                    "project",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="labelled_set",
                        to="annotation.labellingproject",
                    ),
                ),
                (
                    "version",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="labelled_set",
                        to="catalog.datasetversion",
                    ),
                ),
            ],
            options={
                "verbose_name": "labelled set",
                "verbose_name_plural": "labelled sets",
                "ordering": ["-created_at"],
            },
        ),
        migrations.CreateModel(
            name="LabelComparison",
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
                    "compared_at",
                    models.DateTimeField(
                        default=marketplace.core.clock.now, verbose_name="compared at"
                    ),
                ),
                (
                    "labels_sha256",
                    models.CharField(max_length=64, verbose_name="SHA-256 of the labels"),
                ),
                ("items", models.PositiveIntegerField(verbose_name="items")),
                ("found", models.JSONField(null=True, verbose_name="likely wrong")),
                (
                    "project",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="label_comparison",
                        to="annotation.labellingproject",
                    ),
                ),
            ],
            options={
                "verbose_name": "comparison of labels",
                "verbose_name_plural": "comparisons of labels",
                "ordering": ["-compared_at"],
            },
        ),
        migrations.CreateModel(
            name="RowLook",
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
                ("rows", models.JSONField(verbose_name="rows")),
                ("person_id", models.UUIDField(null=True, verbose_name="person")),
                (
                    "project",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="row_looks",
                        to="annotation.labellingproject",
                    ),
                ),
            ],
            options={
                "verbose_name": "look at rows",
                "verbose_name_plural": "looks at rows",
                "ordering": ["-created_at"],
            },
        ),
        migrations.RunPython(install, remove),
    ]
