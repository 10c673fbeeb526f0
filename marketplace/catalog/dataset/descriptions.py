"""What an officer says of a dataset, and the rules that it keeps."""

from dataclasses import dataclass, fields
from typing import Annotated

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marketplace.catalog.dataset.choices import (
    AssetKind,
    PersonalBasis,
    SourceKind,
    Theme,
    UpdateFrequency,
)
from marketplace.core import Invalid
from marketplace.core.arguments import Choice, Text, refused


@dataclass(frozen=True, kw_only=True)
class DatasetDescription:
    """The description of a dataset. `personal_basis` may be "" while it is not known.

    Title and abstract are as long as on the certificate of a national registration.
    """

    title: Annotated[
        str,
        Text(
            label=gettext_lazy("Title"),
            help=gettext_lazy("At most 40 characters, as on a certificate."),
            told="At most 40 characters.",
            longest=40,
        ),
    ]
    abstract: Annotated[
        str,
        Text(
            label=gettext_lazy("Abstract"),
            help=gettext_lazy(
                "What a row stands for, what the columns tell, what one can use it for."
            ),
            told="At most 400 characters.",
            longest=400,
            lines=4,
        ),
    ]
    theme: Annotated[
        str, Choice(label=gettext_lazy("Theme"), choices=Theme, nothing=gettext_lazy("Choose…"))
    ]
    asset_kind: Annotated[
        str,
        Choice(
            label=gettext_lazy("Asset kind"), choices=AssetKind, nothing=gettext_lazy("Choose…")
        ),
    ]
    source_kind: Annotated[
        str,
        Choice(
            label=gettext_lazy("Source"),
            help=gettext_lazy(
                "Decides how the data is registered and which rights your organization can claim. "
                "What was collected in a statutory duty is registered as public data."
            ),
            choices=SourceKind,
            nothing=gettext_lazy("Choose…"),
        ),
    ]
    source_description: Annotated[
        str,
        Text(
            label=gettext_lazy("How it was collected"),
            help=gettext_lazy("Who collected it, with what, from whom."),
            longest=500,
            lines=3,
        ),
    ]
    legal_basis: Annotated[
        str,
        Text(
            label=gettext_lazy("Legal basis"),
            help=gettext_lazy(
                "The law, contract or authorization by which you may hold and process it."
            ),
            longest=300,
        ),
    ]
    personal_basis: Annotated[
        str,
        Choice(
            label=gettext_lazy("Personal information"),
            help=gettext_lazy(
                "Without a basis, data about persons cannot be listed unless anonymized."
            ),
            choices=PersonalBasis,
            nothing=gettext_lazy("Not known yet"),
        ),
    ] = ""
    region: Annotated[
        str,
        Text(
            label=gettext_lazy("Region"),
            help=gettext_lazy("The area that the data covers."),
            longest=60,
        ),
    ]
    time_scope: Annotated[
        str,
        Text(
            label=gettext_lazy("Time scope"),
            help=gettext_lazy("For example: January 2024 to June 2026."),
            longest=60,
        ),
    ]
    update_frequency: Annotated[
        str,
        Choice(
            label=gettext_lazy("Update frequency"),
            choices=UpdateFrequency,
            nothing=gettext_lazy("Choose…"),
        ),
    ]
    contact: Annotated[
        str,
        Text(
            label=gettext_lazy("Contact"),
            help=gettext_lazy("An office address or a service number, not a person's."),
            longest=200,
        ),
    ]


def derived_from(source: object, **said: str) -> DatasetDescription:
    """Return the description of what was made of data: that of `source`, but for what is said."""
    own = {one.name: getattr(source, one.name) for one in fields(DatasetDescription)}
    return DatasetDescription(**(own | {"source_kind": SourceKind.DERIVED.value} | said))


def checked(description: DatasetDescription) -> DatasetDescription:
    """Return the description without blanks around its texts.

    Raises:
        Invalid: a text is missing or too long, or a choice is none; each field has its sentence.
    """
    texts = {name: str(value).strip() for name, value in vars(description).items()}
    wrong = refused(DatasetDescription, **{name: text for name, text in texts.items() if text})
    for name, text in texts.items():
        if not text and name != "personal_basis":
            wrong[name] = [_("Fill this in: a reviewer cannot approve without it.")]
        elif "\x00" in text:
            wrong[name] = [_("This holds a character that cannot be stored. Type it again.")]
    if (texts["source_kind"], texts["asset_kind"]) == (SourceKind.STATUTORY_DUTY, AssetKind.MARKET):
        wrong["asset_kind"] = [
            _(
                "What was collected in a statutory duty is public data. Choose government data or "
                "public-service data."
            )
        ]
    if wrong:
        raise Invalid(_("The description needs corrections."), fields=wrong)
    return DatasetDescription(**texts)
