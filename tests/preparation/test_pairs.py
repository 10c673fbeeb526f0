"""A column of intervals that comes as two, from and to: form, run, report, comparison and sheet."""

from __future__ import annotations

from html import unescape
from pathlib import Path

import polars as pl
import pytest
from django.urls import reverse

from marketplace.catalog.version.annotations import LONGEST
from marketplace.catalog.version.models import DatasetVersion
from marketplace.catalog.version.selectors import columns_of
from marketplace.core.errors import Invalid
from marketplace.preparation.policy.models import MaskingPolicy
from marketplace.preparation.policy.services import confirm_policy
from marketplace.preparation.report.models import RiskReport
from marketplace.preparation.study.services import start_comparison
from marketplace.trading.listings.revision.measured import measured_quality
from marketplace.vault.services import decrypt_into
from tests.conftest import PageClients
from tests.given import preparation as given
from tests.given.world import World
from tests.preparation.doors import policy_form
from tests.preparation.test_studies import done

pytestmark = pytest.mark.django_db

AGE, INCOME = 3, 6
BANDS = [
    [str(age), f"{age // 10 * 10}-{age // 10 * 10 + 9}" if age < 50 else "≥ 50"]
    for age in range(20, 60)
]
PAIR = {"from_to": True}


def test_the_form_offers_it_and_shows_what_comes(world: World, page_of: PageClients) -> None:
    version = given.classified_version(world)
    given.looking(world, version)
    document = given.without_trace(version)
    sent = policy_form({"pk": version.pk, "policy": document})
    client = page_of("officer")
    form = client.get(sent.path).context["form"]
    assert f"columns.{AGE}.from_to" in form.fields
    # Of a text, and by a mask that makes no intervals, nothing can come as two.
    assert [name for name in form.fields if name.endswith("from_to")] == [f"columns.{AGE}.from_to"]
    data = sent.data | {f"columns.{AGE}.from_to": "two"}
    shown = unescape(client.post(sent.path, data | {"preview": "1"}).content.decode())
    assert "Comes as two columns: age_from and age_to." in shown
    assert client.post(sent.path, data).status_code == 302
    rules = {rule["name"]: rule for rule in MaskingPolicy.objects.get().document["columns"]}
    assert [name for name, rule in rules.items() if "from_to" in rule] == ["age"]
    again = client.get(sent.path).context["form"]
    assert again[f"columns.{AGE}.from_to"].value() == "two"
    page = unescape(client.get(reverse("preparation_detail", args=[version.pk])).content.decode())
    assert "comes as: two columns, from and to" in page


LONG = "a" * 196


@pytest.mark.parametrize(
    ("name", "city", "sentence"),
    [
        (LONG, "city", "more than 200 characters"),
        ("age", "ＡＧＥ_from", "would come as “age_from”"),
    ],
)
def test_names_that_cannot_be_are_told_on_the_form(
    world: World, page_of: PageClients, name: str, city: str, sentence: str
) -> None:
    table = given.people().replace(",age,", f",{name},", 1).replace(",city,", f",{city},", 1)
    version = given.classified_version(world, table=table)
    document = given.without_trace(version)
    rule = next(rule for rule in document["columns"] if rule["name"] == name)
    # By such a name nobody knows an age.
    rule |= {"role": "quasi", "mask": "generalize"}
    sent = policy_form({"pk": version.pk, "policy": document})
    data = sent.data | {f"columns.{AGE}.from_to": "two"}
    answer = page_of("officer").post(sent.path, data)
    assert answer.status_code == 422
    assert sentence in str(answer.context["form"].errors[f"columns.{AGE}.from_to"])
    rule |= PAIR
    with pytest.raises(Invalid, match=sentence) as refused:
        confirm_policy(version.pk, policy=document, by=world.actor("officer"))
    assert list(refused.value.fields) == [f"columns.{AGE}.from_to"]
    assert not MaskingPolicy.objects.exists()


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"city": PAIR}, "columns.5.from_to"),
        ({"sex": {"mask": "redact", **PAIR}}, "columns.4.from_to"),
        ({"age": {"options": {"hierarchy": [["20", "young"]]}, **PAIR}}, "columns.3.from_to"),
    ],
)
def test_what_cannot_come_as_two_is_told_at_its_place(
    world: World, change: dict[str, dict[str, object]], fault: str
) -> None:
    version = given.classified_version(world)
    document = given.without_trace(version)
    for rule in document["columns"]:
        rule.update(change.get(rule["name"], {}))
    with pytest.raises(Invalid, match="two columns") as refused:
        confirm_policy(version.pk, policy=document, by=world.actor("officer"))
    assert list(refused.value.fields) == [fault]


LABEL = "Age at the interview in the last year of the two surveys all"
assert len(LABEL) == LONGEST["label"]


def made(world: World, version: DatasetVersion, **change: object) -> RiskReport:
    age = {"options": {"hierarchy": BANDS, "finest": 1}, **change}
    document = given.policy_document(
        version, name="drop", id_number="drop", mobile="redact", age=age
    )
    return given.masked(world, version, document=document).risk_reports.get()


def test_report_and_sheet_are_those_of_the_column(world: World, tmp_path: Path) -> None:
    source = given.classified_version(world)
    columns_of(source).filter(name="age").update(
        label=LABEL, unit="years", harmed="persons", degree="serious"
    )
    label, pair = made(world, source), made(world, source, **PAIR)
    names = [column.name for column in columns_of(pair.version)]
    assert names[names.index("age_from") + 1] == "age_to"
    assert "age" not in names
    assert pair.verdict == label.verdict
    for figure in ("smallest_class", "classes", "loss", "column_losses", "certain"):
        assert pair.figures.get(figure) == label.figures.get(figure), figure
    assert [name for name in pair.quasi_identifiers if name.startswith("age")] == names[
        names.index("age_from") : names.index("age_to") + 1
    ]
    # What was said of the column is said of both, the harm that it could do among it.
    for column in columns_of(pair.version).filter(name__startswith="age_"):
        end = column.name.removeprefix("age_")
        assert (column.label, column.unit, column.harmed, column.is_altered) == (
            f"{LABEL}, {end}", "years", "persons", True,
        )  # fmt: skip
    table = pl.read_parquet(decrypt_into(pair.version.file, tmp_path))
    hidden = table.filter(pl.col("age_from").is_null() & pl.col("age_to").is_null()).height
    # An end that is open is no empty cell.
    assert table["age_to"].null_count() > hidden == table["age_from"].null_count()
    _quality, filled = measured_quality(pair.version, list(columns_of(pair.version)))
    assert filled["age_from"] == filled["age_to"] == pytest.approx(1 - hidden / table.height)


def test_a_comparison_shows_the_column_once(world: World, page_of: PageClients) -> None:
    source = given.classified_version(world)
    report = made(world, source, **PAIR)
    done(start_comparison(source.pk, masked=[report.version.pk], by=world.actor("officer")))
    page = page_of("officer").get(reverse("comparison_detail", kwargs={"pk": source.pk}))
    [age] = [one for one in page.context["compared"].columns if one.name == "age"]
    [side] = age.sides
    assert side.what == ""
    assert side.loss
    assert side.chart
