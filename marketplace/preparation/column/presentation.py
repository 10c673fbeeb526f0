"""What a column is, in words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from desensitize.profile import OTHERS
from marketplace.preparation.column.models import FAIRLY_SURE, SURE, ColumnFinding
from marketplace.web.charts import histogram

# The words for the kinds of fields and the evidence that the library names by codes.

KIND_LABELS: Mapping[str, Promise] = {
    "CN_ID": gettext_lazy("Chinese identity number"),
    "CN_ID_PARTIAL": gettext_lazy("Chinese identity number of which a digit or two are hidden"),
    "CN_ID_BIRTH": gettext_lazy("place and day of birth of a Chinese identity number"),
    "CN_USCC": gettext_lazy("unified social credit code"),
    "BANK_CARD": gettext_lazy("bank card number"),
    "IMEI": gettext_lazy("device number (IMEI)"),
    "IBAN": gettext_lazy("international bank account number"),
    "US_SSN": gettext_lazy("US social security number"),
    "CN_MOBILE": gettext_lazy("mobile number"),
    "CN_MOBILE_PARTIAL": gettext_lazy("mobile number of which a digit is hidden"),
    "CN_LANDLINE": gettext_lazy("landline number"),
    "PHONE": gettext_lazy("telephone number"),
    "EMAIL": gettext_lazy("e-mail address"),
    "MAC": gettext_lazy("hardware address (MAC)"),
    "IP": gettext_lazy("internet address (IP)"),
    "CN_PLATE": gettext_lazy("number plate"),
    "VIN": gettext_lazy("vehicle identification number (VIN)"),
    "CN_OFFICER": gettext_lazy("officer's licence number"),
    "HK_MO_TW_ID": gettext_lazy("identity card of Hong Kong, Macau or Taiwan"),
    "CN_PASSPORT": gettext_lazy("passport number"),
    "BORDER_PERMIT": gettext_lazy("travel permit number"),
    "CN_DRIVER": gettext_lazy("file number of a driving licence"),
    "RECORD_KEY": gettext_lazy("number by which a person's record is kept"),
    "DATE": gettext_lazy("date"),
    "GEO": gettext_lazy("coordinate"),
    "GENDER": gettext_lazy("gender"),
    "ETHNICITY": gettext_lazy("ethnic group"),
    "RELIGION": gettext_lazy("religion"),
    "BLOOD_TYPE": gettext_lazy("blood type"),
    "MARITAL_STATUS": gettext_lazy("marital status"),
    "POLITICAL_STATUS": gettext_lazy("political status"),
    "EDUCATION": gettext_lazy("degree of education"),
    "DIAGNOSIS": gettext_lazy("diagnosis"),
    "CN_ADDRESS": gettext_lazy("address"),
    "ADDRESS": gettext_lazy("address in English"),
    "ORG": gettext_lazy("name of an organization"),
    "CN_NAME": gettext_lazy("person's name"),
    "EN_NAME": gettext_lazy("person's name in Latin letters"),
    "OCCUPATION": gettext_lazy("occupation"),
    "REGION": gettext_lazy("place"),
    "POSTCODE": gettext_lazy("postcode"),
    "FREE_TEXT_PII": gettext_lazy("text with personal data"),
}

EVIDENCE_SENTENCES: Mapping[str, Promise] = {
    "values_and_header": gettext_lazy(
        "By their form %(share)s %% of the sampled values are of the kind “%(kind)s”, and the "
        "header says “%(word)s”."
    ),
    "values": gettext_lazy(
        "By their form %(share)s %% of the sampled values are of the kind “%(kind)s”."
    ),
    "likeness": gettext_lazy(
        "%(share)s %% of the sampled values look like the kind “%(kind)s”, though their check "
        "digits are wrong."
    ),
    "header": gettext_lazy("The header says “%(word)s”."),
    "header_only": gettext_lazy(
        "The header says “%(word)s”, but by their form only %(share)s %% of the values are of the "
        "kind “%(kind)s”."
    ),
    "free_text": gettext_lazy(
        "%(share)s %% of the sampled texts hold personal data inside, most often of the kind "
        "“%(kind)s”."
    ),
    "glued": gettext_lazy(
        "%(share)s %% of the sampled values hold something of the kind “%(kind)s” beside other "
        "signs."
    ),
    "some_values": gettext_lazy(
        "%(share)s %% of the sampled values are personal data, most often of the kind “%(kind)s”."
    ),
    "found_in_cells": gettext_lazy(
        "%(rows)s cells of the whole column hold something of the kind “%(kind)s”."
    ),
    "coordinates_beside": gettext_lazy("Latitudes and longitudes stand side by side."),
    "coordinates_alone": gettext_lazy(
        "The numbers are as fine as coordinates and lie within China."
    ),
    "unique_values": gettext_lazy(
        "Every value is different, so each may name one person or thing."
    ),
    "record_keys": gettext_lazy(
        "Hardly any value occurs twice: whoever knows one finds the row, as by a record's number."
    ),
    "near_unique": gettext_lazy("So few rows share a value that whoever knows one finds them."),
    "date_beside_persons": gettext_lazy(
        "Dates beside personal fields can help to single a person out."
    ),
    "birth_dates": gettext_lazy("The dates are spread as dates of birth are."),
    "serial_numbers": gettext_lazy("The values count up like the numbers of records."),
    "nothing_found": gettext_lazy("Neither the header nor the values point to a person."),
    "no_values": gettext_lazy("The column is empty."),
}


DTYPE_LABELS: Mapping[str, Promise] = {
    "text": gettext_lazy("text"),
    "integer": gettext_lazy("whole number"),
    "decimal": gettext_lazy("decimal number"),
    "float": pgettext_lazy("type of a column", "number"),
    "boolean": gettext_lazy("yes/no"),
    "date": gettext_lazy("date"),
    "datetime": gettext_lazy("date and time"),
    "time": gettext_lazy("time"),
    "other": gettext_lazy("other"),
}

SEARCH_LABELS: Mapping[str, Promise] = {
    "sweep": gettext_lazy("Row by row, as little as it must"),
    "global": gettext_lazy("The same level for all rows"),
    "mondrian": gettext_lazy("Halving, quick and rough"),
}

GRADE_SENTENCES: Mapping[int, Promise] = {
    1: gettext_lazy("Persons can be identified directly."),
    2: gettext_lazy(
        "Direct identifiers are gone, but the risk of re-identification is above the threshold, "
        "or was not measured."
    ),
    3: gettext_lazy("The risk of re-identification is within the threshold."),
    4: gettext_lazy("The file holds aggregates and no rows of persons."),
}

FAILURE_SENTENCES: Mapping[str, Promise] = {
    "direct-found": gettext_lazy(
        "Numbers that name single people stand in released columns. Mask these columns, confirm "
        "the policy anew and start the masking again."
    ),
    "smallest-class": gettext_lazy(
        "Some people are alike with too few others. Generalize further quasi-identifiers or raise "
        "the smallest class in the policy, and start the masking again."
    ),
    "unique-share": gettext_lazy(
        "Too many rows are unlike all others. Generalize further quasi-identifiers, and start the "
        "masking again."
    ),
    "prosecutor-risk": gettext_lazy(
        "Who knows that a person is in the data would find their row too often. Raise the smallest "
        "class in the policy, and start the masking again."
    ),
    "suppression": gettext_lazy(
        "Too many rows were left out for the rest to stand for the whole. Leave out a column, or "
        "give coarser hierarchies, and start the masking again."
    ),
    "not-measured": gettext_lazy(
        "Not every attacker could be tried to the end, so that nobody can say whether this is "
        "anonymous. The report names what was not tried and why."
    ),
}
"""What did not pass, and what to do, by the codes of `measurement.failures_of`."""


def kind_label(kind: str) -> str:
    """Word the kind of a detector; "" for none."""
    return str(KIND_LABELS.get(kind, kind))


class Evidence(Protocol):
    """Something that detectors found: a finding, or what is kept of one."""

    @property
    def evidence_code(self) -> str:
        """Return the code of the sentence."""

    @property
    def evidence_parameters(self) -> Mapping[str, Any]:
        """Return what stands in it."""


def evidence_of(finding: Evidence) -> str:
    """Say why a column is taken for what it is."""
    parameters: dict[str, Any] = dict(finding.evidence_parameters)
    if "share" in parameters:
        parameters["share"] = number_format(f"{parameters['share']:g}")
    if "rows" in parameters:
        parameters["rows"] = number_format(parameters["rows"], force_grouping=True)
    if "kind" in parameters:
        parameters["kind"] = kind_label(str(parameters["kind"]))
    template = EVIDENCE_SENTENCES.get(finding.evidence_code)
    return str(template) % parameters if template else ""


def certainty_of(confidence: float) -> str:
    if confidence >= SURE:
        return _("sure")
    return _("likely") if confidence >= FAIRLY_SURE else _("a guess")


@dataclass(frozen=True)
class FoundColumn:
    """A finding as a page or an answer shows it."""

    finding: ColumnFinding
    kind: str
    evidence: str
    dtype: str

    @property
    def certainty(self) -> str:
        return certainty_of(self.finding.confidence)

    @property
    def is_sure(self) -> bool:
        """Return whether nobody needs to look at the evidence first."""
        return self.finding.confidence >= SURE


def worded(finding: ColumnFinding) -> FoundColumn:
    dtype = str(finding.profile.get("dtype", ""))
    return FoundColumn(
        finding=finding,
        kind=kind_label(finding.kind),
        evidence=evidence_of(finding),
        dtype=str(DTYPE_LABELS.get(dtype, dtype)),
    )


def values_chart(pairs: Sequence[Sequence[Any]], name: str, *, width: int) -> SafeString | str:
    """Draw how often the values of a column occur; "" where none may be shown.

    Where no value may be told from the rest, a sentence says so.
    """
    if not pairs:
        return ""
    if {str(label) for label, rows in pairs if rows} <= {OTHERS}:
        sentence = _("No value stands in so many rows that it could be shown.")
        return format_html('<span class="quiet">{}</span>', sentence)
    title = _("Values of %(column)s") % {"column": name}
    return histogram([(str(label), int(rows)) for label, rows in pairs], title=title, width=width)


Labels = Mapping[str, str]
"""What the columns of a version mean, by their names."""
