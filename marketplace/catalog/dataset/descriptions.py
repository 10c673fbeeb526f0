"""What an officer says of a dataset, and the rules that it keeps."""

from dataclasses import dataclass, fields

from django.utils.translation import gettext as _

from marketplace.catalog.dataset.choices import (
    AssetKind,
    PersonalBasis,
    SourceKind,
    Theme,
    UpdateFrequency,
)
from marketplace.core import Invalid

LONGEST = {
    "title": 40,
    "abstract": 400,
    "source_description": 500,
    "legal_basis": 300,
    "region": 60,
    "time_scope": 60,
    "contact": 200,
}
"""Characters; title and abstract as on the certificate of a national registration."""
CHOICES = {
    "theme": Theme,
    "asset_kind": AssetKind,
    "source_kind": SourceKind,
    "personal_basis": PersonalBasis,
    "update_frequency": UpdateFrequency,
}


@dataclass(frozen=True)
class DatasetDescription:
    """The description of a dataset. `personal_basis` may be "" while it is not known."""

    title: str
    abstract: str
    theme: str
    asset_kind: str
    source_kind: str
    source_description: str
    legal_basis: str
    region: str
    time_scope: str
    update_frequency: str
    contact: str
    personal_basis: str = ""


def derived_from(source: object, **said: str) -> DatasetDescription:
    """Return the description of what was made of data: that of `source`, but for what is said."""
    own = {one.name: getattr(source, one.name) for one in fields(DatasetDescription)}
    return DatasetDescription(**(own | {"source_kind": SourceKind.DERIVED.value} | said))


def checked(description: DatasetDescription) -> DatasetDescription:
    """Return the description without blanks around its texts.

    Raises:
        Invalid: a text is missing or too long, or a choice is none; each field has its sentence.
    """
    texts = {
        field.name: str(getattr(description, field.name)).strip() for field in fields(description)
    }
    wrong = {name: sentence for name, text in texts.items() if (sentence := _fault(name, text))}
    if (texts["source_kind"], texts["asset_kind"]) == (SourceKind.STATUTORY_DUTY, AssetKind.MARKET):
        wrong["asset_kind"] = _(
            "What was collected in a statutory duty is public data. Choose government data or "
            "public-service data."
        )
    if wrong:
        raise Invalid(
            _("The description needs corrections."),
            fields={name: [sentence] for name, sentence in wrong.items()},
        )
    return DatasetDescription(**texts)


def _fault(name: str, text: str) -> str:
    if name in CHOICES:
        may_be_empty = name == "personal_basis"
        if text in CHOICES[name].values or (may_be_empty and not text):
            return ""
        return _("Choose one of the values in the list.")
    if not text:
        return _("Fill this in: a reviewer cannot approve without it.")
    if "\x00" in text:
        return _("This holds a character that cannot be stored. Type it again.")
    if len(text) > LONGEST[name]:
        return _("Shorten this to %(most)d characters; it has %(count)d.") % {
            "most": LONGEST[name],
            "count": len(text),
        }
    return ""
