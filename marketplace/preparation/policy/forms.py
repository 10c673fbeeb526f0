"""Forms of policies: masks and roles, a synthetic copy, who agrees."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from desensitize.masks import MASKS, describe
from desensitize.policy import INTERVAL_MASKS, ColumnRule, Policy
from marketplace.preparation.budget.selectors import BudgetState
from marketplace.preparation.column.models import ColumnFinding, ColumnRole
from marketplace.preparation.column.presentation import FoundColumn, worded
from marketplace.preparation.column.selectors import domain_of
from marketplace.preparation.mask.settings import SettingField, chosen_settings
from marketplace.preparation.mask.words import (
    AS_PAIR,
    FROM_TO,
    ONE_COLUMN,
    PAIR_TYPES,
    TWO_COLUMNS,
    asked_in_words,
    mask_label,
    settings_of,
)
from marketplace.preparation.policy.checking import Limits
from marketplace.preparation.policy.models import LONGEST_REASON
from marketplace.preparation.policy.previews import ColumnPreview, Preview
from marketplace.preparation.policy.proposals import proposed_policy
from marketplace.preparation.policy.relabelling import expected_role
from marketplace.web.bounded import forms
from marketplace.web.taking import ActForm

# The policy form: of its own, since it has one row a column, with the settings of each mask.

PERCENT = 100
DISTINCT = "distinct"


@dataclass(frozen=True)
class PolicyRow:
    """A column with its fields; `shown` is the mask whose settings the page shows already."""

    column: FoundColumn
    role: forms.BoundField
    mask: forms.BoundField
    settings: list[forms.BoundField]
    shown: str
    reason: forms.BoundField | None
    has_hierarchy: bool
    label: str
    asked: str
    seen: ColumnPreview | None = None

    @property
    def shows_other_settings(self) -> bool:
        """Return whether another mask was chosen than the one whose settings are shown."""
        return self.shown != str(self.mask.value())

    @property
    def has_levels(self) -> bool:
        """Return whether levels matter to the column as it is decided now."""
        return self.has_hierarchy or self.role.value() == ColumnRole.QUASI

    @property
    def shows_reason(self) -> bool:
        """Return whether a reason was written, or is asked for."""
        return self.reason is not None and bool(self.reason.errors or self.reason.value())


class PolicyForm(ActForm):
    """What happens to each column, beginning from a policy.

    The fields of a column are named by its place, as `columns.2.mask`, which is how the act names
    the places of faults.
    """

    takes = Limits
    private_values = forms.IntegerField(
        label=gettext_lazy("Different private values in each group, at least"),
        min_value=1,
        help_text=gettext_lazy(
            "For every sensitive column. 1 asks for nothing; with 2 or more, finding a person's "
            "group does not yet tell the private value."
        ),
    )
    suppression_limit = forms.FloatField(
        label=gettext_lazy("Rows that may be left out, in percent"),
        required=False,
        help_text=gettext_lazy("The run stops when more would have to be."),
    )

    def __init__(
        self,
        *args: Any,
        findings: Sequence[ColumnFinding],
        policy: Policy,
        hierarchies: Mapping[str, Any],
        labels: Mapping[str, str],
        units: Mapping[str, str],
        reasons: Mapping[str, str],
        **options: Any,
    ) -> None:
        options["initial"] = {
            "method": policy.method,
            "smallest_class": policy.smallest_class,
            "private_values": max(
                (int(one.least) for one in policy.diversity.values() if one.kind == DISTINCT),
                default=1,
            ),
            "person": policy.person or "",
            "suppression_limit": f"{policy.suppression_limit * PERCENT:g}",
            **options.get("initial", {}),
        }
        persons = [("", _("Each row is a person")), *((one.name, one.name) for one in findings)]
        super().__init__(*args, offered={"person": persons}, **options)
        for field in self.fields.values():
            is_chosen = isinstance(field, forms.ChoiceField)
            field.widget.attrs["class"] = "form-select" if is_chosen else "form-control"
        self.policy = policy
        self.hierarchies = hierarchies
        self.labels = labels
        self.units = units
        self.reasons = reasons
        self.findings = list(findings)
        self.proposed = proposed_policy(self.findings)
        for place, finding in enumerate(self.findings):
            self._add_fields(place, finding)

    def _add_fields(self, place: int, finding: ColumnFinding) -> None:
        rule, names = self.policy.rule(finding.name), {"column": finding.name}
        self.fields[f"columns.{place}.role"] = forms.ChoiceField(
            label=_("Class of %(column)s") % names, choices=ColumnRole.choices, initial=rule.role
        )
        self.fields[f"columns.{place}.mask"] = forms.ChoiceField(
            label=_("Mask of %(column)s") % names,
            choices=[
                (one.name, mask_label(one.name))
                for one in describe()
                # What stands there already stays a choice.
                if one.fits(finding.profile["dtype"]) or one.name == rule.mask
            ],
            initial=rule.mask,
        )
        self._add_settings(place, rule)
        if expected_role(finding, self.proposed.rule(finding.name)):
            self.fields[f"columns.{place}.reason"] = forms.CharField(
                label=_("Why %(column)s is not what was found") % names,
                required=False,
                max_length=LONGEST_REASON,
                initial=self.reasons.get(finding.name, ""),
                widget=forms.Textarea(attrs={"rows": 3, "class": "form-control form-control-sm"}),
            )
        for part in ("role", "mask"):
            widget = self.fields[f"columns.{place}.{part}"].widget
            # As wide as the longest choice, so that the table scrolls before a word is cut.
            widget.attrs["class"] = "form-select form-select-sm w-auto"

    def _add_settings(self, place: int, rule: ColumnRule) -> None:
        """Add the settings of the mask that is chosen now, as they stand where it is the same."""
        mask = self.data.get(f"columns.{place}.mask", rule.mask) if self.is_bound else rule.mask
        stands = rule.options if mask == rule.mask else {}
        for described in settings_of(mask):
            self.fields[f"columns.{place}.options.{described.name}"] = SettingField(
                described,
                columns=[one.name for one in self.findings if one.name != rule.name],
                unit=self.units.get(rule.name, ""),
                initial=stands.get(described.name),
            )
        if self._can_be_two(place, mask):
            self.fields[f"columns.{place}.{FROM_TO}"] = SettingField(
                AS_PAIR, columns=(), unit="", initial=TWO_COLUMNS if rule.from_to else ONE_COLUMN
            )

    def _can_be_two(self, place: int, mask: str) -> bool:
        """Return whether a mask makes intervals of what the column holds."""
        return mask in INTERVAL_MASKS and self.findings[place].profile["dtype"] in PAIR_TYPES

    def _settings(self, place: int) -> list[forms.BoundField]:
        start, pair = f"columns.{place}.options.", f"columns.{place}.{FROM_TO}"
        return [self[name] for name in self.fields if name.startswith(start) or name == pair]

    def rows(self, preview: Preview | None = None) -> list[PolicyRow]:
        seen = dict(enumerate(preview.columns)) if preview else {}
        return [
            PolicyRow(
                worded(finding),
                self[f"columns.{place}.role"],
                self[f"columns.{place}.mask"],
                self._settings(place),
                self.data.get(f"columns.{place}.shown", self[f"columns.{place}.mask"].value()),
                self[f"columns.{place}.reason"]
                if f"columns.{place}.reason" in self.fields
                else None,
                finding.name in self.hierarchies,
                self.labels.get(finding.name, ""),
                asked_in_words(self.policy.rule(finding.name)),
                seen.get(place),
            )
            for place, finding in enumerate(self.findings)
        ]

    def document(self) -> dict[str, Any]:
        """Return the policy that was sent, for the act to check."""
        percent = self.cleaned_data["suppression_limit"]
        return {
            **self.taken(),
            "suppression_limit": None if percent is None else percent / PERCENT,
            "columns": self.rules(),
        }

    def rules(self) -> list[dict[str, Any]]:
        sent = self.cleaned_data
        columns = []
        for place, finding in enumerate(self.findings):
            role, mask = sent[f"columns.{place}.role"], sent[f"columns.{place}.mask"]
            columns.append(
                {
                    "name": finding.name,
                    "role": role,
                    "mask": mask,
                    **self._asked(finding.name, role, mask),
                    "options": self._kept(finding.name, mask) | self._chosen(place, mask),
                    **self._pair(place, mask),
                }
            )
        return columns

    def _chosen(self, place: int, mask: str) -> dict[str, object]:
        rule = self.policy.rule(self.findings[place].name)
        sent = {
            one.name: self.cleaned_data.get(f"columns.{place}.options.{one.name}", "")
            for one in settings_of(mask)
        }
        return chosen_settings(mask, sent, rule.options if mask == rule.mask else {})

    def _pair(self, place: int, mask: str) -> dict[str, bool]:
        """Return that a column is to come as two, where it was asked and can be."""
        sent = self.cleaned_data.get(f"columns.{place}.{FROM_TO}", "")
        is_two = sent == TWO_COLUMNS and self._can_be_two(place, mask)
        return {FROM_TO: True} if is_two else {}

    def written(self) -> dict[str, str]:
        """Return by column the reasons that were sent."""
        return {
            finding.name: self.cleaned_data.get(f"columns.{place}.reason", "")
            for place, finding in enumerate(self.findings)
        }

    def _asked(self, column: str, role: str, mask: str) -> dict[str, Any]:
        """Return what each group must hold of a sensitive column.

        What a program asked beyond different values stays as it is.
        """
        if role != ColumnRole.SENSITIVE or MASKS[mask].description.omits_column:
            return {}
        kept = self.policy.rule(column).to_dict()
        asked: dict[str, Any] = {
            name: kept[name] for name in ("diversity", "closeness") if name in kept
        }
        if asked.get("diversity", {}).get("kind", DISTINCT) == DISTINCT:
            least = self.cleaned_data.get("private_values") or 1
            asked.pop("diversity", None)
            if least > 1:
                asked["diversity"] = {"least": least, "kind": DISTINCT}
        return asked

    @property
    def has_rules(self) -> bool:
        """Return whether every column was sent with a class and a mask that there are."""
        return self.is_bound and not any(name.startswith("columns.") for name in self.errors)

    def _kept(self, column: str, mask: str) -> dict[str, Any]:
        """Return the hierarchy that was set for a column whose mask takes one."""
        takes = {option.name for option in MASKS[mask].description.options}
        if "hierarchy" not in takes or column not in self.hierarchies:
            return {}
        return {"hierarchy": self.hierarchies[column]}


# The library's templates, to begin with.

PRESETS = (
    (
        "standard",
        gettext_lazy("Standard protection"),
        gettext_lazy("Identifiers become pseudonyms or marks; groups of at least 5 rows."),
    ),
    (
        "open_data",
        gettext_lazy("Open data"),
        gettext_lazy("No identifier is left in any form; groups of at least 10 rows."),
    ),
    (
        "strict",
        gettext_lazy("Strict"),
        gettext_lazy("Sensitive columns are left out too; groups of at least 20 rows."),
    ),
)


class PresetForm(forms.Form):
    """Which template an address names."""

    preset = forms.ChoiceField(choices=[(name, label) for name, label, _about in PRESETS])


# What is chosen at once for several columns.


class TickedColumnsForm(forms.Form):
    """A class and a mask for all columns that are ticked; what is left empty stays as it is."""

    ticked = forms.TypedMultipleChoiceField(required=False, coerce=int)
    role = forms.ChoiceField(
        label=gettext_lazy("Class"), required=False, choices=[("", "—"), *ColumnRole.choices]
    )
    mask = forms.ChoiceField(label=gettext_lazy("Mask"), required=False)

    def __init__(self, *args: Any, findings: Sequence[ColumnFinding], **options: Any) -> None:
        super().__init__(*args, **{"prefix": "all", **options})
        self.findings = list(findings)
        places = [(place, place) for place in range(len(self.findings))]
        self.fields["ticked"].choices = places  # type: ignore[attr-defined]
        masks = [(one.name, mask_label(one.name)) for one in describe()]
        self.fields["mask"].choices = [("", "—"), *masks]  # type: ignore[attr-defined]
        for name in ("role", "mask"):
            self.fields[name].widget.attrs["class"] = "form-select form-select-sm"

    def over(self, sent: QueryDict) -> tuple[QueryDict, list[str]]:
        """Return what was sent with the choice in the rows that are ticked, and what it leaves.

        Settings of the mask before are taken away with it.
        """
        changed, notes = sent.copy(), []
        role, mask = self.cleaned_data["role"], self.cleaned_data["mask"]
        for place in self.cleaned_data["ticked"]:
            finding, row = self.findings[place], f"columns.{place}"
            if role:
                changed[f"{row}.role"] = role
            if not mask or mask == changed.get(f"{row}.mask"):
                continue
            if not MASKS[mask].description.fits(finding.profile["dtype"]):
                names = {"column": finding.name, "mask": mask_label(mask)}
                notes.append(
                    _("“%(column)s”: the mask “%(mask)s” makes nothing of its type here.") % names
                )
                continue
            changed[f"{row}.mask"] = mask
            for name in [name for name in changed if name.startswith(f"{row}.options.")]:
                del changed[name]
        return changed, notes


# The form that asks for a synthetic copy: how much may be told, and which values there can be.

USUAL_EPSILON: Final = Decimal(1)
USUAL_DELTA: Final = "0.000000001"
MOST_ROWS: Final = 20_000_000
LONGEST: Final = 20_000


@dataclass(frozen=True)
class DomainRow:
    """A column with the field of its values; None for a direct identifier, never drawn."""

    finding: ColumnFinding
    label: str
    values: forms.BoundField | None


class SyntheticForm(forms.Form):
    """ε, δ and rows of a copy, and for each column the values or bounds known beforehand."""

    epsilon = forms.DecimalField(
        label=gettext_lazy("ε: how much the copy may tell of one person"),
        min_value=0,
        max_digits=9,
        decimal_places=3,
        help_text=gettext_lazy("Less hides more, and keeps less of what the columns tell."),
    )
    delta = forms.CharField(
        label=gettext_lazy("δ: the chance that it tells more"),
        max_length=20,
        initial=USUAL_DELTA,
    )
    rows = forms.IntegerField(
        label=gettext_lazy("Rows"),
        required=False,
        min_value=1,
        max_value=MOST_ROWS,
        help_text=gettext_lazy("Empty: about as many as the data has."),
    )

    def __init__(
        self,
        *args: Any,
        findings: Sequence[ColumnFinding],
        labels: Mapping[str, str],
        known: Mapping[str, str],
        budget: BudgetState,
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        self.budget = budget
        self.fields["epsilon"].initial = min(USUAL_EPSILON, budget.left).normalize()
        self.findings, self.labels = list(findings), labels
        for name in ("epsilon", "delta", "rows"):
            self.fields[name].widget.attrs["class"] = "form-control"
        for place, finding in enumerate(self.findings):
            if finding.role == ColumnRole.DIRECT:
                continue
            field = forms.CharField(
                label=_("Values of %(column)s") % {"column": finding.name},
                required=False,
                max_length=LONGEST,
                initial=known.get(finding.name, ""),
            )
            field.widget.attrs["class"] = "form-control form-control-sm"
            self.fields[f"columns.{place}.values"] = field

    def clean_epsilon(self) -> Decimal:
        """Refuse a copy that the budget of the dataset does not hold now: its run would fail."""
        epsilon: Decimal = self.cleaned_data["epsilon"]
        if refusal := self.budget.refusal(epsilon):
            raise ValidationError(refusal)
        return epsilon

    def listed(self) -> list[DomainRow]:
        return [
            DomainRow(
                finding,
                self.labels.get(finding.name, ""),
                self[f"columns.{place}.values"]
                if f"columns.{place}.values" in self.fields
                else None,
            )
            for place, finding in enumerate(self.findings)
        ]

    def clean(self) -> dict[str, Any]:
        """Ask for one column at least."""
        cleaned = super().clean() or self.cleaned_data
        if not self.errors and not self.domains():
            raise ValidationError(_("Write the values or bounds of one column at least."))
        return cleaned

    def domains(self) -> dict[str, Any]:
        """Return by column what was written of its values; columns without are left out."""
        written = {
            finding.name: self.cleaned_data.get(f"columns.{place}.values", "").strip()
            for place, finding in enumerate(self.findings)
        }
        return {name: domain_of(text) for name, text in written.items() if text}

    def document(self, decided: Mapping[str, Any]) -> dict[str, Any]:
        """Return the policy that was asked for, with the classes that were decided before."""
        domains, sent = self.domains(), self.cleaned_data
        columns = [
            {
                "name": rule["name"],
                "role": rule["role"],
                "mask": "keep" if rule["name"] in domains else "drop",
                "options": {},
            }
            for rule in decided["columns"]
        ]
        drawing: dict[str, Any] = {
            "epsilon": f"{sent['epsilon'].normalize():f}",
            "delta": sent["delta"].strip(),
            "domains": domains,
        }
        if sent["rows"]:
            drawing["rows"] = sent["rows"]
        kept = {name: one for name, one in decided.items() if name not in ("columns", "synthetic")}
        return kept | {"columns": columns, "synthetic": drawing}


# The form by which a second person agrees to relabelled columns.


def offered_columns(names: Sequence[str]) -> dict[str, Any]:
    """Return how a form offers a box for each relabelled column; none where nothing is relabelled.

    The act says which box is missing.
    """
    boxes = [
        (name, _("“%(column)s”: I compared evidence, values and reason.") % {"column": name})
        for name in names
    ]
    return {"offered": {"columns": boxes}} if boxes else {"without": ("columns",)}
