"""What differs between the datasets that are brought to market in the story."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from marketplace.catalog.dataset.descriptions import DatasetDescription
from marketplace.catalog.dataset.grading import Impact
from marketplace.catalog.version.annotations import ColumnAnnotation
from marketplace.demo.story.cast import Part
from marketplace.rights.claim.choices import EvidenceKind
from marketplace.trading.listings.listing.services import Offer
from marketplace.trading.listings.sandbox.services import SandboxOffer

Rule = Mapping[str, object]


@dataclass(frozen=True)
class Proof:
    """A file that supports a claim."""

    kind: EvidenceKind
    title: str
    file_name: str
    text: str


@dataclass(frozen=True)
class PublicCost:
    """What a year of public data costs its operator, and the licences that are expected."""

    operating_cost: Decimal
    operating_cost_source: str
    tax: Decimal
    tax_source: str
    expected_units: int
    expected_units_source: str


@dataclass(frozen=True)
class Goods:
    """A dataset with everything that its officer says of it on the way to the market.

    `write` writes the table as CSV into a path: all of it, or the first rows. `rules` are what the
    officer decides for each column: role, mask and options of the policy, `smallest_class` how many
    rows must be alike. `synthetic` is what a synthetic copy may tell and draws from, where one goes
    out in place of the rows. `costs` are the inputs of
    the valuation by the cost approach. `public_cost` is what the price ceiling of public data
    follows from; other data has none. `assessment` is what the officer assesses of the impact on
    persons, by the names of the form's fields; data about nobody has none. Of data that `goes_on`
    the steps to the market are about its first version. `answers` are what a sandbox answers.
    `processing` shows what was done to data of which this was made.
    """

    officer: Part
    description: DatasetDescription
    file_name: str
    write: Callable[[Path, int | None], object]
    annotations: tuple[ColumnAnnotation, ...]
    impacts: tuple[Impact, ...]
    rules: Mapping[str, Rule]
    proof: Proof
    industry: str
    rights: frozenset[str]
    term_years: int
    waiver: str
    costs: Mapping[str, object]
    offer: Offer
    public_cost: PublicCost | None = None
    smallest_class: int = 5
    synthetic: Mapping[str, object] | None = None
    assessment: Mapping[str, str] | None = None
    goes_on: bool = False
    answers: SandboxOffer | None = None
    processing: Proof | None = None
