"""What is filled in beforehand is right, or empty: whoever only clicks publishes nothing wrong."""

from __future__ import annotations

import tomllib
from typing import Any

import pytest
from django.urls import reverse
from django.utils import translation

from marketplace.catalog.dataset.choices import Theme
from marketplace.catalog.element.library import FILE, element_of, elements
from marketplace.catalog.element.units import UNITS, is_amount, money_above, unit_in
from marketplace.catalog.intake.models import Intake
from marketplace.catalog.intake.proposals import Proposal, proposals_of
from marketplace.catalog.intake.seeing import reading_of, seen_of
from marketplace.catalog.intake.services import take_file
from marketplace.catalog.version.annotations import LONGEST, ColumnAnnotation
from marketplace.catalog.version.models import Column
from marketplace.catalog.version.selectors import columns_of
from tests.conftest import ApiClients, PageClients
from tests.given.catalog import draft_dataset
from tests.given.intakes import handed_in
from tests.given.world import World

ABOVE = "某市情况表\n单位：元,,,\n"


def proposed(world: World, content: str, *, theme: str = "credit") -> dict[str, Proposal]:
    """Hand a table in, and return what is proposed of each of its columns."""
    return proposals(handed_in(world, content, dataset=draft_dataset(world, theme=theme)), world)


def proposals(came: Intake, world: World, person: str = "officer") -> dict[str, Proposal]:
    seen = seen_of(came, world.actor(person))
    assert seen is not None
    names = reading_of(came).names
    return dict(zip(names, proposals_of(came, seen), strict=True))


@pytest.mark.parametrize(
    ("header", "label", "unit", "is_unclear"),
    [
        ("金额(万元)", "金额", "万元", False),
        ("金额（单位：亿元）", "金额", "亿元", False),
        ("面积[平方米]", "面积", "平方米", False),
        ("产量/万吨", "产量", "万吨", False),
        ("气温（℃）", "气温", "℃", False),
        ("delay_minutes", "delay", "min", False),
        ("金额(含税)", "金额(含税)", "", False),
        ("金额(万)", "金额(万)", "", True),
        ("投资额（百万美金）", "投资额（百万美金）", "", True),
        ("客户/供应商", "客户/供应商", "", False),
        ("(万元)", "(万元)", "", False),
        ("家庭年收入", "家庭年收入", "", False),
        ("total_cost", "total_cost", "", False),
    ],
)
def test_unit_is_what_the_header_says(header: str, label: str, unit: str, is_unclear: bool) -> None:
    assert unit_in(header) == (label, unit, is_unclear)


def test_header_counts_more_than_what_stands_above(world: World) -> None:
    """The attack: 万元 that is published as 元 makes everything ten thousand times cheaper."""
    found = proposed(
        world,
        ABOVE + "企业名称,营业收入(万元),纳税额,税率\n甲,12,3,0.5\n乙,13,4,0.6\n",
    )
    assert found["营业收入(万元)"].unit == "万元"
    assert found["营业收入(万元)"].label == "营业收入"
    assert found["纳税额"].unit == "元"
    # Neither names nor rates are money.
    assert (found["企业名称"].unit, found["税率"].unit) == ("", "")


@pytest.mark.parametrize("header", ["金额(万)", "金额（百万）", "金额(十亿)"])
def test_multiple_that_is_no_unit_is_told_and_left_open(world: World, header: str) -> None:
    found = proposed(world, ABOVE + f"企业,{header},年份\n甲,1,2024\n乙,2,2025\n")[header]
    assert found.unit == ""
    assert "unit that is not known" in found.warning


@pytest.mark.parametrize(
    ("label", "is_money"),
    [
        *((label, True) for label in ("营业收入", "单价", "工资总额")),
        *((label, False) for label in ("利润率", "缴费人数", "收入比上年增长", "税务登记号")),
        *((label, False) for label in ("金额类别", "资产负债率", "价格指数", "年龄", "缴费年限")),
    ],
)
def test_only_amounts_are_money(label: str, is_money: bool) -> None:
    assert is_amount(label) is is_money


@pytest.mark.parametrize(
    ("cells", "unit"),
    [
        (["单位：元"], "元"),
        (["（单位: 万元）"], "万元"),
        (["填报单位：某局"], ""),
        (["单位：元", "单位：万元"], ""),
        (["单位：人"], ""),
    ],
)
def test_unit_above_is_taken_where_it_is_one_of_money(cells: list[str], unit: str) -> None:
    assert money_above(cells) == unit


def test_what_was_said_before_yields_to_what_the_file_says(world: World) -> None:
    officer = world.actor("officer")
    first = handed_in(world, "企业,金额,年份\n甲,1,2024\n乙,2,2025\n")
    said = [ColumnAnnotation("金额", label="合同金额", unit="元", meaning="合同所载金额")]
    take_file(first.pk, said=said, by=officer)
    second = "单位：万元,,\n企业,金额,年份\n甲,1,2024\n乙,2,2025\n"
    again = proposals(handed_in(world, second, dataset=first.dataset), world)["金额"]
    assert (again.label, again.meaning, again.unit) == ("合同金额", "合同所载金额", "")
    assert "The file says 万元; it was 元 before" in again.warning
    # Where nothing contradicts it, it holds; in another dataset of the organization too.
    other = proposed(world, "企业,金额\n丙,3\n丁,4\n")["金额"]
    assert (other.label, other.unit, other.warning) == ("合同金额", "元", "")
    assert "version 1" in other.source


def test_nobody_is_told_what_another_organization_said(world: World) -> None:
    came = handed_in(world, "企业,金额\n甲,1\n乙,2\n")
    said = [ColumnAnnotation("金额", label="机密标签", unit="元")]
    take_file(came.pk, said=said, by=world.actor("officer"))
    dataset = draft_dataset(world, by="stranger")
    theirs = handed_in(world, "企业,金额\n甲,1\n乙,2\n", dataset=dataset, by="stranger")
    found = proposals(theirs, world, "stranger")["金额"]
    assert (found.label, found.unit) == ("金额", "")


@pytest.mark.parametrize(
    ("values", "codes"),
    [
        ("1\n2\n1\n2", "1 = male\n2 = female"),
        ("1\n2\n9\n1", "1 = male\n2 = female\n9 = not stated"),
        # 3 is no code of the standard: this list is another one.
        ("1\n2\n3\n1", ""),
        ("男\n女\n男\n女", ""),
        ("01\n02\n01\n02", ""),
    ],
)
def test_codes_are_proposed_only_where_each_value_is_one(
    world: World, values: str, codes: str
) -> None:
    rows = "".join(f"{value},x\n" for value in values.splitlines())
    found = proposed(world, f"性别,备忘\n{rows}")["性别"]
    assert (found.code_list, found.source) == (codes, "GB/T 2261.1-2003")


def test_element_holds_in_its_theme_alone() -> None:
    assert element_of("line", Theme.TRANSPORT) is not None
    assert element_of("line", Theme.HEALTH) is None
    assert element_of("性 别", Theme.OTHER) is not None


def test_library_is_whole() -> None:
    """Each name stands once in a theme; each list fits; no element says a unit."""
    listed = tomllib.loads(FILE.read_text(encoding="utf-8"))["element"]
    for each in listed:
        assert set(each) <= {"names", "source", "themes", "meaning", "codes", "codes_en"}
        assert set(each["meaning"]) == {"en", "zh"}
        assert max(map(len, each["meaning"].values())) <= LONGEST["meaning"]
        assert set(each.get("codes", {})) == set(each.get("codes_en", {}))
        assert set(each.get("themes", ())) <= set(Theme.values)
    for name, found in elements().items():
        for theme in Theme.values:
            fitting = [one for one in found if not one.themes or theme in one.themes]
            assert len(fitting) <= 1, name
    assert not UNITS & {"", " "}


@pytest.mark.parametrize("header", ["f1", "c0", "X", "column_3", "第3列", "12", "xm"])
def test_header_that_says_nothing_makes_no_label(world: World, header: str) -> None:
    assert proposed(world, f"{header},名称\n1,甲\n2,乙\n")[header].label == ""


def test_digits_that_are_no_number_stay_text(world: World) -> None:
    came = handed_in(world, "编号,金额(万元)\n007,1.50\n008,2.25\n")
    taken = take_file(came.pk, by=world.actor("officer"))
    assert taken.version is not None
    types = dict(columns_of(taken.version).values_list("name", "dtype"))
    assert types == {"编号": "text", "金额(万元)": "decimal"}


def sent(page: Any, **changes: object) -> dict[str, object]:
    """Return what a browser sends for the form of a page."""
    form = page.context["form"]
    values = {name: form[name].value() for name in form.fields if form[name].value() is not None}
    return values | changes


def test_what_was_shown_is_what_is_published(world: World, page_of: PageClients) -> None:
    """Whoever only clicks publishes what they saw; whoever mends it, what they typed."""
    table = "企业名称,金额(万元),性别\n甲,1.5,1\n乙,2.5,2\n丙,3.5,1\n"
    came = handed_in(world, ABOVE + table)
    client, address = page_of("officer"), reverse("intake_detail", args=[came.pk])
    page = client.get(address)
    shown = page.content.decode()
    assert 'value="万元"' in shown
    client.post(address, sent(page, take="1", **{"label-0": "企业的名称"}))
    columns = {each.name: each for each in Column.objects.filter(version__dataset=came.dataset)}
    assert columns["企业名称"].label == "企业的名称"
    assert (columns["金额(万元)"].label, columns["金额(万元)"].unit) == ("金额", "万元")
    assert columns["性别"].code_list == "1 = male\n2 = female"


def test_what_was_typed_stays_when_the_file_is_looked_at_again(
    world: World, page_of: PageClients
) -> None:
    came = handed_in(world, "企业,金额\n甲,1\n乙,2\n")
    client, address = page_of("officer"), reverse("intake_detail", args=[came.pk])
    typed = {"label-1": "合同金额", "unit-1": "元"}
    client.post(address, sent(client.get(address), preview="1", more_out="3", **typed))
    form = client.get(address).context["form"]
    assert (form["label-1"].value(), form["unit-1"].value()) == ("合同金额", "元")
    assert form["more_out"].value() == "3"
    client.post(address, sent(client.get(address), take="1"))
    [column] = Column.objects.filter(version__dataset=came.dataset, name="金额")
    assert (column.label, column.unit) == ("合同金额", "元")


def test_mistake_of_a_column_is_told_at_its_field(world: World, page_of: PageClients) -> None:
    came = handed_in(world, "企业,金额\n甲,1\n乙,2\n")
    client, address = page_of("officer"), reverse("intake_detail", args=[came.pk])
    answer = client.post(address, sent(client.get(address), take="1", **{"code_list-1": "x"}))
    assert answer.status_code == 422
    assert "Line 1 of the code list" in answer.context["form"].errors["label-1"][0]
    assert not Column.objects.filter(version__dataset=came.dataset).exists()


def test_program_is_told_the_proposals_and_says_otherwise(world: World, api_of: ApiClients) -> None:
    came = handed_in(world, "企业,金额(万元)\n甲,1\n乙,2\n")
    client = api_of("officer")
    told = client.get(reverse("api_get_intake", args=[came.pk])).json()
    assert (
        told["proposals"][1] | {"name": "金额(万元)", "label": "金额", "unit": "万元"}
        == (told["proposals"][1])
    )
    said = [{"name": "金额(万元)", "label": "合同金额", "unit": "万元"}]
    address = reverse("api_take_file", args=[came.pk])
    key = {"Idempotency-Key": '"one"'}
    assert client.post(address, {"said": said}, format="json", headers=key).status_code == 200
    [column] = Column.objects.filter(version__dataset=came.dataset, name="金额(万元)")
    assert (column.label, column.unit) == ("合同金额", "万元")


def test_meaning_is_in_the_reader_s_language() -> None:
    element = element_of("性别", Theme.HEALTH)
    assert element is not None
    with translation.override("zh-hans"):
        assert element.meaning == "个人的性别。"
        assert element.code_list(["1"]) == "1 = 男性"
