"""The worktable of a policy: presets, masks that fit, choices for several columns at once."""

from __future__ import annotations

from html import unescape

import pytest
from django.urls import reverse

from marketplace.preparation.column.forms import HierarchyForm
from marketplace.preparation.policy.models import MaskingPolicy
from tests.conftest import PageClients
from tests.given import preparation as given
from tests.given.world import World
from tests.preparation.doors import policy_form

pytestmark = pytest.mark.django_db

NAME, ID, MOBILE, AGE, SEX, CITY, INCOME = range(7)


def test_a_column_is_offered_what_fits_its_type(world: World, page_of: PageClients) -> None:
    """And keeps what stands there already, though a program chose it."""
    version = given.classified_version(world)
    client, address = page_of("officer"), reverse("policy_confirm", args=[version.pk])

    def offered(place: int) -> set[str]:
        field = client.get(address).context["form"].fields[f"columns.{place}.mask"]
        return {name for name, _label in field.choices}

    assert {"generalize_bins", "add_noise"} <= offered(AGE)
    assert not {"truncate_date", "mask_text"} & offered(AGE)
    assert not {"generalize_bins", "add_noise"} & offered(NAME)
    assert {"keep", "drop", "pseudonym"} <= offered(NAME) & offered(AGE)
    odd = given.policy_document(version, income={"mask": "mask_text", "role": "sensitive"})
    given.confirmed(world, version, document=odd)
    assert "mask_text" in offered(INCOME)


def test_presets_fill_in_and_decide_nothing(world: World, page_of: PageClients) -> None:
    version = given.classified_version(world)
    client, address = page_of("officer"), reverse("policy_confirm", args=[version.pk])
    shown = {
        name: client.get(address, {"preset": name}).context["form"]
        for name in ("standard", "open_data", "strict", "nonsense")
    }
    classes = {name: form["smallest_class"].value() for name, form in shown.items()}
    assert classes == {"standard": 5, "open_data": 10, "strict": 20, "nonsense": 5}
    masks = {name: form[f"columns.{ID}.mask"].value() for name, form in shown.items()}
    assert masks == {
        "standard": "pseudonym", "open_data": "drop", "strict": "drop", "nonsense": "pseudonym",
    }  # fmt: skip
    assert shown["strict"][f"columns.{INCOME}.mask"].value() == "drop"
    assert not MaskingPolicy.objects.exists()


def test_ticked_columns_are_set_at_once(world: World, page_of: PageClients) -> None:
    version = given.classified_version(world)
    sent = policy_form({"pk": version.pk, "policy": given.policy_document(version)})
    sent.data[f"columns.{AGE}.options"] = "finest = 1"
    ticked = {"all-ticked": [str(AGE), str(NAME)], "all-role": "quasi", "set_ticked": "1"}
    client = page_of("officer")
    answer = client.post(sent.path, sent.data | ticked | {"all-mask": "generalize_bins"})
    assert answer.status_code == 200
    form = answer.context["form"]
    assert form[f"columns.{AGE}.mask"].value() == "generalize_bins"
    assert form[f"columns.{AGE}.options"].value() == "", "settings of another mask go with it"
    assert form[f"columns.{NAME}.mask"].value() == sent.data[f"columns.{NAME}.mask"]
    assert [form[f"columns.{place}.role"].value() for place in (AGE, NAME)] == ["quasi"] * 2
    text = unescape(answer.content.decode())
    assert "“name”: the mask “Intervals of one width” makes nothing of its type here." in text
    none = client.post(sent.path, sent.data | {"all-mask": "drop", "set_ticked": "1"})
    assert "Tick the columns first" in none.content.decode()
    assert not MaskingPolicy.objects.exists()


@pytest.mark.parametrize(
    ("typed", "rows"),
    [
        ("福州；北；＊\n厦门；南；*", (("福州", "北", "*"), ("厦门", "南", "*"))),
        ("a；b;c\nd;e", (("a；b", "c", "*"), ("d", "e", "*"))),
    ],
)
def test_levels_are_typed_with_the_signs_of_a_chinese_keyboard(
    typed: str, rows: tuple[tuple[str, ...], ...]
) -> None:
    form = HierarchyForm({"rows": typed}, column="city")
    assert form.is_valid(), form.errors
    assert form.read == rows


def test_who_waits_for_the_profile_is_shown_it(world: World, page_of: PageClients) -> None:
    version = given.approved_source(world)
    address = reverse("preparation_detail", args=[version.pk])
    waits = page_of("officer").get(address).content.decode()
    assert f'hx-get="{address}" hx-trigger="every 2s"' in waits
    given.classified(version)
    assert "every 2s" not in page_of("officer").get(address).content.decode()


def test_what_a_mask_makes_stands_beside_its_row(world: World, page_of: PageClients) -> None:
    version = given.classified_version(world)
    given.looking(world, version)
    bins = {"mask": "generalize_bins", "options": {"width": 10}}
    sent = policy_form({"pk": version.pk, "policy": given.policy_document(version, age=bins)})
    data = sent.data | {f"columns.{AGE}.options": "10", "preview": "1"}
    client = page_of("officer")
    piece = client.post(sent.path, data, headers={"HX-Request": "true"}).content.decode()
    [note] = [part for part in piece.split("<div") if f'id="row-note-{AGE}"' in part]
    assert 'hx-swap-oob="true"' in note
    beside = unescape(piece[piece.index(f'id="row-note-{AGE}"') :])
    assert beside.index("width: needed") < beside.index("[20, 30)")
    whole = client.post(sent.path, data).content.decode()
    assert "[20, 30)" in whole
    assert "hx-swap-oob" not in whole
