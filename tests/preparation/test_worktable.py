"""The worktable of a policy: presets, masks that fit, choices for several columns at once."""

from __future__ import annotations

from datetime import timedelta
from html import unescape

import pytest
from django.conf import settings
from django.urls import reverse

from desensitize.privacy import Hierarchy
from marketplace.accounts.draft.models import FormDraft
from marketplace.accounts.draft.services import forget_old_drafts, keep_draft
from marketplace.catalog.version.models import Column
from marketplace.core import clock
from marketplace.core.actor import NOBODY, Actor, Door
from marketplace.core.errors import Invalid, NotAllowed
from marketplace.preparation.column.code_levels import levels_by_codes
from marketplace.preparation.column.forms import HierarchyForm
from marketplace.preparation.column.models import ColumnHierarchy
from marketplace.preparation.mask.settings import SettingField, chosen_settings
from marketplace.preparation.mask.words import settings_of
from marketplace.preparation.policy.models import MaskingPolicy
from marketplace.preparation.version.models import Look
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
    sent.data[f"columns.{AGE}.options.finest"] = "1"
    ticked = {"all-ticked": [str(AGE), str(NAME)], "all-role": "quasi", "set_ticked": "1"}
    client = page_of("officer")
    answer = client.post(sent.path, sent.data | ticked | {"all-mask": "generalize_bins"})
    assert answer.status_code == 200
    form = answer.context["form"]
    assert form[f"columns.{AGE}.mask"].value() == "generalize_bins"
    [width, origin] = [form[f"columns.{AGE}.options.{one}"].value() for one in ("width", "origin")]
    assert [width or "", origin or ""] == ["", ""], "settings of another mask go with it"
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
    data = sent.data | {f"columns.{AGE}.options.width": "10", "preview": "1"}
    client = page_of("officer")
    piece = client.post(sent.path, data, headers={"HX-Request": "true"}).content.decode()
    [note] = [part for part in piece.split("<div") if f'id="row-note-{AGE}"' in part]
    assert 'hx-swap-oob="true"' in note
    beside = unescape(piece[piece.index(f'id="row-note-{AGE}"') :])
    assert "[20, 30)" in beside
    whole = client.post(sent.path, data).content.decode()
    assert "[20, 30)" in whole
    assert "hx-swap-oob" not in whole


def test_settings_are_fields_of_their_kind_with_units(world: World, page_of: PageClients) -> None:
    version = given.classified_version(world)
    Column.objects.filter(version=version, name="age").update(unit="岁")
    bins = {"mask": "generalize_bins", "options": {"width": 10}}
    shift = {"mask": "shift_dates", "options": {"subject": "name"}}
    policy = given.policy_document(version, age=bins, city=shift)
    given.confirmed(world, version, document=given.policy_document(version, age=bins))
    client, address = page_of("officer"), reverse("policy_confirm", args=[version.pk])
    form = client.get(address).context["form"]
    width = form[f"columns.{AGE}.options.width"]
    assert (width.value(), width.field.unit, width.field.widget.input_type) == (10, "岁", "number")
    sent = policy_form({"pk": version.pk, "policy": policy})
    shown = client.post(sent.path, sent.data | {"preview": "1"}).context["form"]
    subject = shown[f"columns.{CITY}.options.subject"].field.widget
    assert [code for code, _label in subject.choices] == [
        "", "name", "id_number", "mobile", "age", "sex", "income",
    ]  # fmt: skip
    assert shown[f"columns.{CITY}.options.most_days"].field.unit == "days"
    assert f"columns.{CITY}.options.purpose" not in shown.fields, "only programs set it"


def test_settings_come_with_the_mask_that_is_chosen(world: World, page_of: PageClients) -> None:
    version = given.classified_version(world)
    given.looking(world, version)
    sent = policy_form({"pk": version.pk, "policy": given.policy_document(version)})
    chosen = {f"columns.{AGE}.mask": "generalize_bins", f"columns.{AGE}.shown": "generalize"}
    piece = page_of("officer").post(
        sent.path, sent.data | chosen | {"preview": "1"}, headers={"HX-Request": "true"}
    )
    text = piece.content.decode()
    assert f'id="settings-{AGE}" hx-swap-oob="true"' in text
    assert f'name="columns.{AGE}.options.width"' in text
    assert f'id="settings-{SEX}"' not in text, "what is typed beside it stays untouched"


@pytest.mark.parametrize(
    ("mask", "typed", "kept"),
    [
        ("generalize_bins", {"width": "2.5", "origin": "0"}, {"width": 2.5}),
        ("truncate_date", {"unit": "year"}, {}),
        ("truncate_date", {"unit": "month"}, {"unit": "month"}),
        ("generalize_bins", {"width": "ten"}, {"width": "ten"}),
        ("constant", {"value": " as it is "}, {"value": " as it is "}),
        ("keep", {"width": "5"}, {}),
    ],
)
def test_a_setting_that_says_only_the_default_is_left_out(
    mask: str, typed: dict[str, str], kept: dict[str, object]
) -> None:
    """And what is none is kept for the mask to refuse, which says what it expects."""
    sent = {
        one.name: SettingField(one, columns=(), unit="").clean(typed.get(one.name, ""))
        for one in settings_of(mask)
    }
    assert chosen_settings(mask, sent, {}) == kept
    assert chosen_settings(mask, sent, {"purpose": "x"}) == {"purpose": "x", **kept}


def test_what_is_left_on_the_worktable_is_found_there_again(
    world: World, page_of: PageClients
) -> None:
    """By who left it alone, until they forget or confirm it."""
    version = given.classified_version(world)
    sent = policy_form({"pk": version.pk, "policy": given.policy_document(version)})
    chosen = {f"columns.{AGE}.mask": "generalize_bins", f"columns.{AGE}.options.width": "7"}
    client = page_of("officer")
    answer = client.post(sent.path, sent.data | chosen | {"keep_draft": "1"}, follow=True)
    assert "as you left it on" in answer.content.decode()
    form = answer.context["form"]
    assert form[f"columns.{AGE}.options.width"].value() == "7"
    assert not MaskingPolicy.objects.exists()
    assert client.get(sent.path, {"preset": "strict"}).context["draft"] is None
    colleague = page_of("colleague").get(sent.path)
    assert colleague.context["draft"] is None
    forgotten = client.post(sent.path, {"forget_draft": "1"}, follow=True)
    assert forgotten.context["draft"] is None
    look = client.post(
        sent.path, sent.data | chosen | {"preview": "1"}, headers={"HX-Request": "true"}
    )
    assert look.status_code == 200
    assert client.get(sent.path).context["draft"] is not None, "each look is kept"
    assert client.post(sent.path, sent.data | chosen).status_code == 302
    assert not FormDraft.objects.exists()


def test_old_drafts_are_forgotten(world: World) -> None:
    """By the centre's own software, after ninety days."""
    keep_draft("policy:1", fields={"a": ["1"]}, by=world.actor("officer"))
    with pytest.raises(NotAllowed):
        forget_old_drafts(by=world.actor("officer"))
    assert forget_old_drafts(by=Actor.system(Door.TASK)) == 0
    FormDraft.objects.update(kept_at=clock.now() - timedelta(days=91))
    assert forget_old_drafts(by=Actor.system(Door.TASK)) == 1


def test_a_draft_has_bounds(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of its size, and of how many a person has."""
    by = world.actor("officer")
    with pytest.raises(Invalid):
        keep_draft("policy:1", fields={"a": ["x" * 500_001]}, by=by)
    with pytest.raises(Invalid):
        keep_draft("policy:1", fields={"a": ["\0"]}, by=by)
    with pytest.raises(NotAllowed):
        keep_draft("policy:1", fields={}, by=NOBODY)
    monkeypatch.setitem(settings.CENTRE, "FORM_DRAFTS", 3)
    for number in range(4):
        keep_draft(f"policy:{number}", fields={}, by=by)
    assert FormDraft.objects.count() == 3
    assert not FormDraft.objects.filter(place="policy:0").exists()


def test_a_draft_undoes_nothing_that_was_confirmed_since(
    world: World, page_of: PageClients
) -> None:
    version = given.classified_version(world)
    client, address = page_of("officer"), reverse("policy_confirm", args=[version.pk])
    seen = client.get(address).context["seen_version"]
    document = given.policy_document(version)
    sent = policy_form({"pk": version.pk, "policy": document})
    client.post(address, sent.data | {"seen_version": seen, "keep_draft": "1"})
    given.confirmed(world, version, document=document | {"smallest_class": 12})
    opened = client.get(address).context["seen_version"]
    refused = client.post(address, sent.data | {"seen_version": opened})
    assert refused.status_code == 422
    assert "Somebody else" in unescape(refused.content.decode())


def test_levels_are_edited_in_the_row_of_their_column(world: World, page_of: PageClients) -> None:
    version = given.classified_version(world)
    client = page_of("officer")
    address = reverse("hierarchy_edit", args=[version.pk, CITY + 1])
    asks = client.get(address, {"here": "1"}).content.decode()
    assert "Say first why you look at them" in asks
    assert "<html" not in asks
    unsaid = client.post(address, {"here": "1", "levels-reason": "", "rows": "Xiamen;coast"})
    assert "invalid-feedback" in unsaid.content.decode()
    assert not Look.objects.exists()
    piece = client.post(address, {"here": "1", "levels-reason": "levels"}, follow=True)
    assert Look.objects.get().columns == ["city"]
    text = piece.content.decode()
    assert 'name="rows"' in text
    assert "<form" not in text, "it stands within the policy's"
    wrong = client.post(address, {"here": "1", "rows": "Xiamen;coast\nXiamen;inland"})
    assert "invalid-feedback" in wrong.content.decode()
    assert not ColumnHierarchy.objects.exists()
    levels = "Fuzhou;coast\nXiamen;coast\nQuanzhou;coast"
    saved = client.post(address, {"here": "1", "rows": levels})
    assert "Levels: saved" in saved.content.decode()
    assert ColumnHierarchy.objects.get().rows[0] == ["Fuzhou", "coast", "*"]


@pytest.mark.parametrize(
    ("values", "codes", "rows"),
    [
        (
            ["350102", "350203", "360102"],
            {
                "350102": "鼓楼",
                "350203": "思明",
                "360102": "东湖",
                "350000": "福建",
                "360000": "江西",
            },
            [
                ("350102", "福建", "*"),
                ("350203", "福建", "*"),
                ("360102", "江西", "*"),
            ],
        ),
        (
            ["A011", "A012", "B021", "？"],
            {"A011": "稻谷", "A012": "小麦", "B021": "煤"},
            [
                ("A011", "A01*", "*"),
                ("A012", "A01*", "*"),
                ("B021", "B02*", "*"),
                ("？", "*", "*"),
            ],
        ),
        (
            ["厦门", "福州", "南平"],
            {"厦门": "沿海", "福州": "沿海", "南平": "山区"},
            [("南平", "山区", "*"), ("厦门", "沿海", "*"), ("福州", "沿海", "*")],
        ),
        (["M", "F"], {"M": "男", "F": "女"}, None),
        (["1", "2"], {}, None),
    ],
)
def test_a_code_list_gives_levels(
    values: list[str], codes: dict[str, str], rows: list[tuple[str, ...]] | None
) -> None:
    found = levels_by_codes(values, codes)
    assert (found and list(found)) == rows
    if found is not None:
        assert Hierarchy.checked("column", found).rows == found
