"""Runs, what they found, the policies they follow, and the risk they measured."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from marketplace.accounts.models import Organization
from marketplace.catalog.dataset.models import Dataset
from marketplace.catalog.version.models import DatasetVersion
from marketplace.core import append_only
from marketplace.core.records import Record
from marketplace.credentials.models import Credential
from marketplace.preparation.causes import RecallCause
from marketplace.preparation.states import ACTIVE, RUN, ReportState, RunState
from marketplace.vault.models import StoredFile

# The privacy budget of a dataset, and what was spent of it.


class EpsilonField(models.DecimalField):  # type: ignore[type-arg]
    """An amount of ε to a thousandth."""

    def __init__(self, *given: object, **options: object) -> None:
        options.setdefault("max_digits", 9)
        options.setdefault("decimal_places", 3)
        super().__init__(*given, **options)  # type: ignore[arg-type]


class BudgetUse(models.TextChoices):
    """What ε is spent on."""

    ANSWER = "answer", _("Answers of sandboxes")
    SYNTHETIC = "synthetic", _("Synthetic copies")


class DatasetBudget(Record):
    """The one budget of all versions, copies and sandboxes of a dataset; locked to spend.

    `promised` is what contracts promise to buyers and they have not spent yet: it is not free.
    """

    dataset = models.OneToOneField(Dataset, models.PROTECT, related_name="privacy_budget")
    promised = EpsilonField(_("ε promised"), default=0)

    class Meta:
        verbose_name = _("privacy budget")
        verbose_name_plural = _("privacy budgets")
        ordering = ["-created_at"]
        constraints = [
            models.CheckConstraint(
                name="preparation_promised_not_negative", condition=models.Q(promised__gte=0)
            )
        ]

    def __str__(self) -> str:
        return str(self.dataset_id)


class BudgetCharge(Record):
    """An amount that was spent for good, for `cause`, written `kind:id`. Rows are never changed."""

    budget = models.ForeignKey(DatasetBudget, models.PROTECT, related_name="charges")
    version = models.ForeignKey(DatasetVersion, models.PROTECT, related_name="+")
    use = models.CharField(_("spent on"), max_length=9, choices=BudgetUse)
    cause = models.CharField(_("spent for"), max_length=80, unique=True)
    epsilon = EpsilonField(_("ε"))
    delta = models.DecimalField(_("δ"), max_digits=16, decimal_places=15, default=0)

    class Meta:
        verbose_name = _("charge of a privacy budget")
        verbose_name_plural = _("charges of privacy budgets")
        ordering = ["-created_at"]
        constraints = [
            models.CheckConstraint(
                name="preparation_charge_costs",
                condition=models.Q(epsilon__gt=0, delta__gte=0),
            )
        ]

    def __str__(self) -> str:
        return f"ε {self.epsilon}"


append_only.register("preparation_budgetcharge", key=["id", "cause"])


# What a profile run found out about each column.

SURE, FAIRLY_SURE = 0.85, 0.6
"""How confident detectors are of what is sure, and of what is likely."""


class ColumnRole(models.TextChoices):
    """What a column can do to a person."""

    DIRECT = "direct", _("Direct identifier")
    QUASI = "quasi", _("Quasi-identifier")
    SENSITIVE = "sensitive", _("Sensitive")
    OTHER = "other", _("Not personal")


class ColumnFinding(Record):
    """The profile of a column, and the class that the library proposes for it.

    `profile` is `desensitize.profile.ColumnProfile` as plain values, with what may be shown of a
    column of its class and no more. `kind` is that of a detector, "" where none was recognized.
    """

    version = models.ForeignKey(DatasetVersion, models.PROTECT, related_name="findings")
    position = models.PositiveIntegerField(_("position"))
    name = models.CharField(_("name"), max_length=200)
    profile = models.JSONField(_("profile"))
    role = models.CharField(_("proposed class"), max_length=9, choices=ColumnRole)
    kind = models.CharField(_("kind"), max_length=20, blank=True)
    confidence = models.FloatField(_("confidence"))
    evidence_code = models.CharField(_("evidence"), max_length=30)
    evidence_parameters = models.JSONField(_("figures of the evidence"), default=dict)

    class Meta:
        verbose_name = _("column finding")
        verbose_name_plural = _("column findings")
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["version", "name"], name="preparation_finding_name"),
            models.UniqueConstraint(
                fields=["version", "position"], name="preparation_finding_position"
            ),
            models.CheckConstraint(
                name="preparation_finding_confidence",
                condition=models.Q(confidence__gte=0, confidence__lte=1),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}: {self.role}"

    @property
    def is_fairly_sure(self) -> bool:
        """Return whether the class is more than a guess."""
        return self.confidence >= FAIRLY_SURE


# What the values of a column become, level by level, as an officer decided it.


class ColumnHierarchy(Record):
    """The hierarchy of a column of a source version, in place of one made from its values.

    `rows` holds one list of texts a value: the value, then ever coarser labels (the `rows` of
    `desensitize.privacy.Hierarchy`); `digest` is that of `rows` in canonical form (RFC 8785).
    """

    version = models.ForeignKey(DatasetVersion, models.PROTECT, related_name="hierarchies")
    name = models.CharField(_("column"), max_length=200)
    rows = models.JSONField(_("rows"))
    digest = models.CharField(_("digest"), max_length=64)
    set_by_id = models.UUIDField(_("set by"))

    class Meta:
        verbose_name = _("hierarchy")
        verbose_name_plural = _("hierarchies")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["version", "name"], name="preparation_one_hierarchy"),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.digest[:12]}"


# Who looked at raw rows, at which, and why.


class LookReason(models.TextChoices):
    """Why somebody opens raw rows."""

    MASKS = "masks", _("To see what masks make of the values")
    LEVELS = "levels", _("To set the levels of a column")
    ROLES = "roles", _("To confirm what a column is")
    FAULT = "fault", _("To find a fault in the data")
    OTHER = "other", _("For another reason, which I write below")


class Look(Record):
    """A person opened raw values of a source version, for a short time and with a reason.

    `columns` are those that are shown, by name: all of a few rows, or one with all its values.
    `rows` is of how many rows values are shown at most.
    """

    version = models.ForeignKey(DatasetVersion, models.PROTECT, related_name="looks")
    person_id = models.UUIDField(_("person"))
    columns = models.JSONField(_("opened columns"), default=list)
    is_whole_column = models.BooleanField(_("all values of a column"), default=False)
    rows = models.BigIntegerField(_("rows"))
    reason = models.CharField(_("reason"), max_length=6, choices=LookReason)
    note = models.CharField(_("in their words"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("look at raw rows")
        verbose_name_plural = _("looks at raw rows")
        ordering = ["-created_at"]
        indexes = [models.Index(fields=["version", "person_id", "-created_at"])]
        constraints = [
            models.CheckConstraint(
                name="preparation_other_reason_is_written",
                condition=~models.Q(reason=LookReason.OTHER) | ~models.Q(note=""),
                violation_error_message=_("Write for which reason you look."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.version}: {self.reason}"


def without_values(document: dict[str, Any]) -> dict[str, Any]:
    """Return a policy as plain values without the values of the data that its levels list."""
    columns = []
    for rule in document.get("columns", ()):
        options = {
            name: one for name, one in rule.get("options", {}).items() if name != "hierarchy"
        }
        columns.append({**rule, "options": options})
    return {**document, "columns": columns}


class MaskingPolicy(Record):
    """A confirmed policy of a source version; the newest one counts.

    `document` is `desensitize.policy.Policy` as plain values, `digest` the SHA-256 of its canonical
    JSON (RFC 8785).
    """

    version = models.ForeignKey(DatasetVersion, models.PROTECT, related_name="policies")
    document = models.JSONField(_("policy"))
    digest = models.CharField(_("digest"), max_length=64)
    confirmed_by_id = models.UUIDField(_("confirmed by"))

    class Meta:
        verbose_name = _("masking policy")
        verbose_name_plural = _("masking policies")
        ordering = ["-created_at"]

    @property
    def shown(self) -> dict[str, Any]:
        """Return the policy without values of the data."""
        return without_values(self.document)

    def __str__(self) -> str:
        return self.digest[:12]


class DatasetKey(Record):
    """The master key of a dataset's pseudonyms, wrapped by the centre's key-encryption key.

    One key a dataset: the same person gets the same pseudonym in every version of it, and an
    unrelated one in every other dataset.
    """

    dataset = models.OneToOneField(Dataset, models.PROTECT, related_name="pseudonym_key")
    wrapped_key = models.BinaryField()

    class Meta:
        verbose_name = _("pseudonym key")
        verbose_name_plural = _("pseudonym keys")

    def __str__(self) -> str:
        return str(self.dataset_id)


# Whose rows no version holds any more: by codes that nobody can read.


class Exclusion(Record):
    """Rows with this code of an identifier leave every version that is made from now on.

    `code` is that of `desensitize.persons` under a key of the dataset. `cause`, written `kind:id`,
    is what asked for it; where that comes to nothing the row is deleted.
    """

    dataset = models.ForeignKey(Dataset, models.PROTECT, related_name="exclusions")
    code = models.CharField(_("keyed code"), max_length=32)
    cause = models.CharField(_("asked for by"), max_length=80)

    class Meta:
        verbose_name = _("exclusion of a person")
        verbose_name_plural = _("exclusions of persons")
        ordering = ["created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["dataset", "code", "cause"], name="preparation_excluded_once"
            ),
        ]

    def __str__(self) -> str:
        return self.cause


# Columns that an officer takes for less than the detectors do, and who agreed.

LONGEST_REASON = 500


class Relabelling(Record):
    """A column whose class was taken away by a policy, with the reason.

    Kind, confidence and evidence are those of the finding. `digest` is the SHA-256 of what a
    second person confirms: source version, column, both classes, mask with settings and reason.
    The same in the next policy of the version is the same relabelling, of the same writer.
    """

    policy = models.ForeignKey(MaskingPolicy, models.PROTECT, related_name="relabellings")
    position = models.PositiveIntegerField(_("position"))
    column = models.CharField(_("column"), max_length=200)
    found_as = models.CharField(_("found as"), max_length=9, choices=ColumnRole)
    decided_as = models.CharField(_("decided as"), max_length=9, choices=ColumnRole)
    mask = models.CharField(_("mask"), max_length=40)
    kind = models.CharField(_("kind"), max_length=20, blank=True)
    confidence = models.FloatField(_("confidence"))
    evidence_code = models.CharField(_("evidence"), max_length=30)
    evidence_parameters = models.JSONField(_("figures of the evidence"), default=dict)
    reason = models.CharField(_("reason"), max_length=LONGEST_REASON)
    digest = models.CharField(_("digest"), max_length=64)
    written_by_id = models.UUIDField(_("written by"))
    written_at = models.DateTimeField(_("written at"))

    class Meta:
        verbose_name = _("relabelled column")
        verbose_name_plural = _("relabelled columns")
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["policy", "column"], name="preparation_relabelled_once"
            ),
            models.CheckConstraint(
                name="preparation_relabelling_has_reason", condition=~models.Q(reason="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.column}: {self.found_as} → {self.decided_as}"


class Station(models.TextChoices):
    """Who agrees to a relabelling."""

    REVIEWER = "reviewer", _("Content reviewer")
    PUBLISHER = "publisher", _("Publisher")


class RoleConfirmation(Record):
    """A second person agreed to the relabelling with `digest`, by the name of its column.

    `subject` is what was decided with it: the policy for the reviewer, the listing for who
    publishes it.
    """

    digest = models.CharField(_("digest"), max_length=64)
    station = models.CharField(_("confirmed by"), max_length=9, choices=Station)
    subject = models.CharField(_("subject"), max_length=80)
    confirmed_by_id = models.UUIDField(_("person"))

    class Meta:
        verbose_name = _("confirmation of a class")
        verbose_name_plural = _("confirmations of classes")
        ordering = ["created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["digest", "station", "subject"], name="preparation_role_confirmed_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.station} {self.digest[:12]}"


# Long work on a version, recorded step by step.


class RunKind(models.TextChoices):
    """What a run does."""

    PROFILE = "profile", _("Profile and classify")
    MASK = "mask", _("Desensitize and measure")
    TRADEOFF = "tradeoff", _("Compare risk and loss")
    COMPARE = "compare", _("Compare versions")
    COPY = "copy", _("Write a copy for a recipient")
    COMPOSE = "compose", _("Try with earlier releases of the same people")


STUDIES = frozenset({RunKind.TRADEOFF.value, RunKind.COMPARE.value})
"""The runs that only look: they answer a question and make no version."""


class Step(models.TextChoices):
    """What a run is doing."""

    WAIT = "", _("Waiting")
    OPEN = "open", _("Opening the stored file")
    PROFILE = "profile", _("Profiling the columns")
    CLASSIFY = "classify", _("Looking for personal fields")
    SEARCH = "search", _("Searching for the least generalization")
    WRITE = "write", _("Writing the masked version")
    CHECK = "check", _("Checking what was written")
    MEASURE = "measure", _("Measuring the risk that remains")
    PEOPLE = "people", _("Looking for earlier releases of the same people")
    ATTACK = "attack", _("Letting attackers try it")
    KEEP = "keep", _("Storing the result encrypted")
    COMPARE = "compare", _("Comparing")


class Run(Record):
    """A piece of long work that a worker takes, holds by a lease, and finishes.

    `attempt` counts how often it was taken; only the worker of the present attempt may report on
    it. `lease_until` is when that worker is taken for dead unless it reports. `queued_at` is when a
    worker was last asked to take it. `progress` runs from 0 to 1000. `exclusions` are the codes of
    persons whose rows a masking run left out: with them it is known which rows it read.
    """

    kind = models.CharField(_("kind"), max_length=8, choices=RunKind)
    version = models.ForeignKey(DatasetVersion, models.PROTECT, related_name="runs")
    organization = models.ForeignKey(Organization, models.PROTECT, related_name="runs")
    policy = models.ForeignKey(MaskingPolicy, models.PROTECT, null=True, related_name="runs")
    requested_by_id = models.UUIDField(_("requested by"), null=True)
    state = models.CharField(_("state"), max_length=10, choices=RunState, default=RunState.QUEUED)
    progress = models.PositiveIntegerField(_("progress"), default=0)
    step = models.CharField(_("step"), max_length=8, choices=Step, default=Step.WAIT, blank=True)
    attempt = models.PositiveIntegerField(_("attempt"), default=0)
    queued_at = models.DateTimeField(_("queued at"))
    lease_until = models.DateTimeField(_("lease until"), null=True)
    started_at = models.DateTimeField(_("started at"), null=True)
    ended_at = models.DateTimeField(_("ended at"), null=True)
    error_code = models.CharField(_("error"), max_length=40, blank=True)
    error_parameters = models.JSONField(_("figures of the error"), default=dict)
    result_version = models.ForeignKey(
        DatasetVersion, models.PROTECT, null=True, related_name="made_by_runs"
    )
    exclusions = models.JSONField(_("codes of rows left out"), default=list)

    class Meta:
        verbose_name = _("run")
        verbose_name_plural = _("runs")
        ordering = ["-created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["version", "kind"],
                condition=models.Q(state__in=sorted(ACTIVE)) & ~models.Q(kind=RunKind.COPY),
                name="preparation_one_active_run",
                violation_error_message=_("Such a run is under way already."),
            ),
            models.CheckConstraint(
                name="preparation_lease_while_running",
                condition=models.Q(state=RunState.RUNNING, lease_until__isnull=False)
                | (~models.Q(state=RunState.RUNNING) & models.Q(lease_until=None)),
            ),
            models.CheckConstraint(
                name="preparation_mask_has_policy",
                condition=models.Q(kind=RunKind.MASK, policy__isnull=False)
                | (~models.Q(kind=RunKind.MASK) & models.Q(policy=None)),
            ),
            models.CheckConstraint(
                name="preparation_progress_of_1000", condition=models.Q(progress__lte=1000)
            ),
        ]
        indexes = [models.Index(fields=["state", "lease_until"])]

    def __str__(self) -> str:
        return f"{self.kind} {self.version_id}"

    @property
    def followed(self) -> MaskingPolicy:
        """Return the policy of a masking run, which always has one."""
        assert self.policy is not None, "the database holds it"
        return self.policy

    @property
    def is_active(self) -> bool:
        """Return whether it still goes on."""
        return self.state in ACTIVE

    @property
    def is_done(self) -> bool:
        """Whether it ended with what it was asked for."""
        return self.state == RunState.DONE

    @property
    def is_final(self) -> bool:
        """Return whether nothing more will change."""
        return RUN.is_final(self.state)


# Copies of a masked version for one recipient each.


class Copy(Record):
    """A part of a masked version, or all of it, that a run writes for one recipient and measures.

    `asked_for` is the one thing that needs it, written `kind:id`. `projection` says which columns
    and rows, as `catalog.version.projections` reads it; `is_marked` asks for pseudonyms that no
    other recipient has. The rest is empty until the run is done: what was measured on the written
    file, whose digest is `sha256`, and the file itself where it passed.
    """

    run = models.OneToOneField(Run, models.PROTECT, related_name="copy")
    recipient = models.ForeignKey(Organization, models.PROTECT, related_name="copies")
    asked_for = models.CharField(_("asked for"), max_length=80, unique=True)
    projection = models.JSONField(_("columns and rows"), default=dict)
    is_marked = models.BooleanField(_("marked for its recipient"), default=False)
    marked_columns = models.JSONField(_("marked columns"), default=list)
    file = models.OneToOneField(StoredFile, models.PROTECT, null=True, related_name="copy")
    sha256 = models.CharField(_("SHA-256"), max_length=64, blank=True, db_index=True)
    rows = models.BigIntegerField(_("rows"), null=True)
    figures = models.JSONField(_("figures"), default=dict)
    thresholds = models.JSONField(_("thresholds"), default=dict)
    failures = models.JSONField(_("failures"), default=list)
    passed = models.BooleanField(_("passed"), null=True)
    valid_until = models.DateField(_("valid until"), null=True)
    credential = models.OneToOneField(Credential, models.PROTECT, null=True, related_name="copy")

    class Meta:
        verbose_name = _("copy for a recipient")
        verbose_name_plural = _("copies for recipients")
        ordering = ["-created_at"]
        constraints = [
            models.CheckConstraint(
                name="preparation_copy_kept_where_passed",
                condition=models.Q(passed=True, file__isnull=False, failures=[])
                | (models.Q(file=None) & (models.Q(passed=None) | models.Q(passed=False))),
            )
        ]

    def __str__(self) -> str:
        return self.sha256[:12]


# Whose rows went out: sketches of the people of sources, and what was tried together.


class PeopleKey(Record):
    """The key of an organization's sketches, wrapped; the row is locked to let a version out.

    One key an organization: its datasets can be compared with each other and with no other's.
    """

    organization = models.OneToOneField(Organization, models.PROTECT, related_name="people_key")
    wrapped_key = models.BinaryField()

    class Meta:
        verbose_name = _("key of sketches")
        verbose_name_plural = _("keys of sketches")

    def __str__(self) -> str:
        return str(self.organization_id)


class PeopleSketch(Record):
    """Keyed digests of a few cells of a source, to know its people again in another one.

    `content` is that of `desensitize.attacks.people.Sketch`, `person` the column that told persons
    apart when it was made. `others` are the sketches of sources that share people with it.
    """

    version = models.OneToOneField(DatasetVersion, models.PROTECT, related_name="people_sketch")
    organization = models.ForeignKey(Organization, models.PROTECT, related_name="people_sketches")
    content = models.BinaryField()
    person = models.CharField(_("column of persons"), max_length=200, blank=True)
    others = models.ManyToManyField("self", verbose_name=_("about the same people"))

    class Meta:
        verbose_name = _("sketch of people")
        verbose_name_plural = _("sketches of people")
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return str(self.version)


class PublishedVersion(Record):
    """A masked version whose rows were let out to the market; what is out stays out."""

    version = models.OneToOneField(DatasetVersion, models.PROTECT, related_name="publication")
    organization = models.ForeignKey(
        Organization, models.PROTECT, related_name="published_versions"
    )

    class Meta:
        verbose_name = _("published version")
        verbose_name_plural = _("published versions")
        ordering = ["created_at"]

    def __str__(self) -> str:
        return str(self.version)


class Composition(Record):
    """What an attacker reached who holds a masked version and an earlier one of the same people.

    `attack` is a `desensitize.attacks.Attack` as plain values; the newest of a pair counts.
    """

    version = models.ForeignKey(DatasetVersion, models.PROTECT, related_name="compositions")
    earlier = models.ForeignKey(DatasetVersion, models.PROTECT, related_name="later_compositions")
    run = models.ForeignKey(Run, models.PROTECT, related_name="compositions")
    attack = models.JSONField(_("attack"))
    passed = models.BooleanField(_("passed"))

    class Meta:
        verbose_name = _("releases tried together")
        verbose_name_plural = _("releases tried together")
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return f"{self.version} + {self.earlier}"


# The risk that remains in a masked version, as measured on its bytes.


class Verdict(models.TextChoices):
    """What a masked version is, by `desensitize.attacks.verdict`."""

    NO_PERSONAL_INFORMATION = "no-personal-information", _("No personal information")
    ANONYMOUS = "anonymous", _("Anonymous")
    DE_IDENTIFIED = "de-identified", _("De-identified: still personal information")
    NOT_MEASURED = "not-measured", _("Not measured")


class RiskReport(Record):
    """What was measured on the written file whose digest is `sha256`, and what the centre asks.

    `figures` and `thresholds` are those of `preparation.measurement`; `failures` holds the codes of
    what did not pass and is empty where `passed`. `judgement` is what the attackers made of it,
    `desensitize.attacks.verdict.Judgement` as plain values, and `verdict` its outcome. `relabelled`
    has for each column whose class was taken away its name, the digest of its relabelling, and
    whether a reviewer had confirmed it. `valid_until` is the last day on which it counts. `recall`
    says why the centre took its verdict back, where it did: then every trade that rests on it is
    undone, which is not so where its own officers withdrew it.
    """

    version = models.ForeignKey(DatasetVersion, models.PROTECT, related_name="risk_reports")
    run = models.OneToOneField(Run, models.PROTECT, related_name="risk_report")
    organization = models.ForeignKey(Organization, models.PROTECT, related_name="risk_reports")
    sha256 = models.CharField(_("SHA-256"), max_length=64)
    figures = models.JSONField(_("figures"))
    thresholds = models.JSONField(_("thresholds"))
    failures = models.JSONField(_("failures"), default=list)
    passed = models.BooleanField(_("passed"))
    relabelled = models.JSONField(_("relabelled columns"), default=list)
    quasi_identifiers = models.JSONField(_("quasi-identifiers"), default=list)
    verdict = models.CharField(_("verdict"), max_length=24, choices=Verdict)
    judgement = models.JSONField(_("judgement"))
    measured_at = models.DateTimeField(_("measured at"))
    valid_until = models.DateField(_("valid until"))
    credential = models.OneToOneField(
        Credential, models.PROTECT, null=True, related_name="risk_report"
    )
    state = models.CharField(
        _("state"), max_length=10, choices=ReportState, default=ReportState.IN_FORCE
    )
    reason = models.CharField(_("reason"), max_length=500, blank=True)
    recall = models.CharField(_("recalled"), max_length=16, choices=RecallCause, blank=True)

    class Meta:
        verbose_name = _("risk report")
        verbose_name_plural = _("risk reports")
        ordering = ["-created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["version"],
                condition=models.Q(state=ReportState.IN_FORCE),
                name="preparation_one_report_in_force",
            ),
            models.CheckConstraint(
                name="preparation_passed_without_failures",
                condition=models.Q(passed=True, failures=[])
                | (models.Q(passed=False) & ~models.Q(failures=[])),
                violation_error_message=_("A report passes when nothing failed, and only then."),
            ),
            models.CheckConstraint(
                name="preparation_recalled_is_withdrawn",
                condition=models.Q(recall="") | models.Q(state=ReportState.WITHDRAWN),
            ),
        ]

    def __str__(self) -> str:
        return self.sha256[:12]


# What a run found that only looks and makes nothing.


def question_without_values(question: dict[str, Any]) -> dict[str, Any]:
    """Return the question of a study with its policies as `without_values` leaves them."""
    told = dict(question)
    if "policy" in told:
        told["policy"] = without_values(told["policy"])
    if "masked" in told:
        told["masked"] = [
            {**one, "policy": without_values(one["policy"])} for one in told["masked"]
        ]
    return told


class Study(Record):
    """A question that a run answers, frozen when it was asked, and the answer.

    `question` and `answer` are those of `preparation.questions`; `digest` is that of the question
    in canonical form (RFC 8785). `answer` is empty until the run is done, and holds no cell of a
    source.
    """

    run = models.OneToOneField(Run, models.PROTECT, related_name="study")
    question = models.JSONField(_("question"))
    digest = models.CharField(_("digest"), max_length=64, db_index=True)
    answer = models.JSONField(_("answer"), default=dict, blank=True)

    class Meta:
        verbose_name = _("study")
        verbose_name_plural = _("studies")
        ordering = ["-created_at"]

    @property
    def asked(self) -> dict[str, Any]:
        """Return the question without values of the data."""
        return question_without_values(self.question)

    def __str__(self) -> str:
        return self.digest[:12]
