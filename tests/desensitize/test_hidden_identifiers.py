"""Identifiers are found in whatever case, width and company, and with a digit hidden."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest

from benchmarks.labelled.numbers import card_number, mobile_number, resident_id
from desensitize.detectors import Proposal, classify_table, detector_of
from desensitize.detectors.cn_id_partial import is_recoverable
from desensitize.policy import propose_policy
from desensitize.profile import profile_table
from desensitize.risk import full_scan

ROWS = 120
Maker = Callable[[random.Random], str]


def without(number: str, *places: int, mark: str = "*") -> str:
    """Hide the signs of a number at some places, counted from its end too."""
    signs = list(number)
    for place in places:
        signs[place] = mark
    return "".join(signs)


def wide(text: str) -> str:
    """Write a text in full-width signs."""
    return "".join(chr(ord(sign) + 0xFEE0) if "!" <= sign <= "~" else sign for sign in text)


HIDDEN: dict[str, tuple[str, Maker]] = {
    "account in small letters": ("IBAN", lambda _: "gb82west12345698765432"),
    "account in groups": ("IBAN", lambda _: "de89 3704 0044 0532 0130 00"),
    "account, wide": ("IBAN", lambda _: wide("DE89370400440532013000")),
    "plate in small letters": ("CN_PLATE", lambda r: f"粤b{r.randrange(10**4, 10**5)}"),
    "passport in small letters": ("CN_PASSPORT", lambda r: f"e{r.randrange(10**8):08d}"),
    "permit in small letters": (
        "BORDER_PERMIT",
        lambda r: f"{r.choice('hm')}{r.randrange(10**8):08d}",
    ),
    "card of Hong Kong": ("HK_MO_TW_ID", lambda _: "a123456(3)"),
    "vehicle": ("VIN", lambda _: "1m8gdm9axkp042788"),
    "two mobiles": ("CN_MOBILE", lambda r: f"{mobile_number(r)}/{mobile_number(r)}"),
    "mobile behind a letter": ("CN_MOBILE", lambda r: f"U{mobile_number(r)}"),
    "mobile with a version": ("CN_MOBILE", lambda r: f"{mobile_number(r)}_v1"),
    "mobile with a version, glued": ("CN_MOBILE", lambda r: f"{mobile_number(r)}v1"),
    "mobile in JSON": ("CN_MOBILE", lambda r: f'{{"phone":"{mobile_number(r)}"}}'),
    "mobile, digit by digit": ("CN_MOBILE", lambda r: " ".join(mobile_number(r))),
    "mobile in other groups": (
        "CN_MOBILE",
        lambda r: "{0[0]} {0[1]} {0[2]}".format(
            (lambda n: (n[:3], n[3:6], n[6:]))(mobile_number(r))
        ),
    ),
    "mobile as an amount": ("CN_MOBILE", lambda r: f"{int(mobile_number(r)):,}"),
    "identity, digit by digit": ("CN_ID", lambda r: "_".join(resident_id(r))),
    "mobile among digits": ("CN_MOBILE", lambda r: f"0000{mobile_number(r)}01"),
    "identity behind its name": ("CN_ID", lambda r: f"ID:{resident_id(r)}"),
    "identity glued to letters": ("CN_ID", lambda r: f"sfz{resident_id(r)}"),
    "identity with a version": ("CN_ID", lambda r: f"{resident_id(r)}_v1"),
    "identity in groups": (
        "CN_ID",
        lambda r: "{0[0]}/{0[1]}.{0[2]}".format(
            (lambda n: (n[:6], n[6:14], n[14:]))(resident_id(r))
        ),
    ),
    "card glued to letters": ("BANK_CARD", lambda r: f"card{card_number(r, '622202', 16)}"),
    "17 digits": ("CN_ID_PARTIAL", lambda r: resident_id(r)[:17]),
    "17 digits and a mark": ("CN_ID_PARTIAL", lambda r: without(resident_id(r), 17)),
    "a digit inside hidden": ("CN_ID_PARTIAL", lambda r: without(resident_id(r), 9, mark="#")),
    "two digits hidden": ("CN_ID_PARTIAL", lambda r: without(resident_id(r), 15, 16)),
    "the first digit cut off": ("CN_ID_PARTIAL", lambda r: resident_id(r)[1:]),
    "17 digits, wide": ("CN_ID_PARTIAL", lambda r: wide(without(resident_id(r), 17))),
    "10 digits": ("CN_MOBILE_PARTIAL", lambda r: mobile_number(r)[:10]),
    "the last 10 digits": ("CN_MOBILE_PARTIAL", lambda r: mobile_number(r)[1:]),
    "10 digits and a mark": ("CN_MOBILE_PARTIAL", lambda r: without(mobile_number(r), 10)),
    "a digit of a mobile hidden": ("CN_MOBILE_PARTIAL", lambda r: without(mobile_number(r), 5)),
}
HARMLESS: dict[str, Maker] = {
    "mobile of which four digits are hidden": lambda r: without(mobile_number(r), 3, 4, 5, 6),
    "region and year of an identity": lambda r: resident_id(r)[:10] + "*" * 8,
    "region that looks like a mobile": lambda r: f"1301021990{'*' * 8}",
    "seats": lambda r: f"{r.choice('ABCDEFGH')}{r.randrange(10, 60)}",
    "seconds of these years": lambda r: str(r.randrange(1_600_000_000, 1_795_000_000)),
    "seconds since 1990": lambda r: str(r.randrange(631_000_000, 1_795_000_000)),
    "milliseconds": lambda r: str(r.randrange(1_600_000_000_000, 1_795_000_000_000)),
    "ten digits": lambda r: str(r.randrange(10**9, 10**10)),
    "telephones of New York": lambda r: f"{r.choice((212, 646, 917))}{r.randrange(10**7):07d}",
    "moments of 17 digits": lambda r: f"2024{r.randrange(1, 13):02d}17{r.randrange(10**9):09d}",
    "orders of 17 digits": lambda r: str(r.randrange(10**16, 10**17)),
    "orders with letters": lambda r: f"SN2024{r.randrange(1, 13):02d}17{r.randrange(10**7):07d}",
    "orders of 11 digits with letters": lambda r: f"PO{r.randrange(10**10, 10**11)}",
    "births and numbers": lambda r: f"19{r.randrange(60, 99)}0411{r.randrange(10**6):06d}",
    "hashes": lambda r: f"{r.getrandbits(128):032x}",
    "short hashes": lambda r: f"{r.getrandbits(64):016x}",
    "goods": lambda r: f"69{r.randrange(10**11):011d}",
    "large amounts": lambda r: f"{r.uniform(10**10, 10**11):,.0f}",
    "digits of measures": lambda r: " ".join(str(r.randrange(10)) for _ in range(11)),
    "amounts": lambda r: f"{r.uniform(1, 99_999):.2f}",
}  # fmt: skip


def written(cells: list[str], folder: Path) -> Path:
    path = folder / "t.parquet"
    pl.DataFrame({"c1": cells, "c2": [row % 3 for row in range(len(cells))]}).write_parquet(path)
    return path


@pytest.mark.parametrize("form", HIDDEN)
def test_what_is_hidden_is_found_by_sample_and_scan(form: str, tmp_path: Path) -> None:
    kind, make = HIDDEN[form]
    source = random.Random(form)
    path = written([make(source) for _ in range(ROWS)], tmp_path)
    found = classify_table(path)[0]
    assert (found.role, found.kind) == ("direct", kind), found.evidence
    [scanned] = full_scan(path)
    assert (scanned.column, scanned.kind) == ("c1", kind)
    assert scanned.share > 0.9
    assert propose_policy([found]).rule("c1").mask in ("pseudonym", "redact", "drop")


@pytest.mark.parametrize("form", HARMLESS)
def test_what_resembles_them_is_not(form: str, tmp_path: Path) -> None:
    """In tables of every size; in a small one chance may do more."""
    source = random.Random(form)
    for rows in (ROWS, 1200):
        path = written([HARMLESS[form](source) for _ in range(rows)], tmp_path)
        found = classify_table(path)[0]
        assert (found.role, found.kind) in (("other", None), ("other", "DATE"), ("quasi", "DATE"))
        assert full_scan(path) == ()


@pytest.mark.parametrize(
    ("cell", "kind"),
    [
        ("call 1380387630* in the morning", "CN_MOBILE_PARTIAL"),
        ("13803876301/15104809244", "CN_MOBILE"),
        ("U18652649794", "CN_MOBILE"),
        ("ID:11010519491231002X", "CN_ID"),
        ("x11010519491231002Xy", "CN_ID"),
        ("number 11010519491231002* of the file", "CN_ID_PARTIAL"),
        ("number 11010519491231002, without its last", "CN_ID_PARTIAL"),
        ("pay to gb82 west 1234 5698 7654 32", "IBAN"),
    ],
)
def test_one_cell_among_many_is_found(cell: str, kind: str, tmp_path: Path) -> None:
    cells = ["nothing to see"] * 2000
    cells[1234] = cell
    assert [(one.kind, one.rows) for one in full_scan(written(cells, tmp_path))] == [(kind, 1)]


@pytest.mark.parametrize(
    ("value", "told"),
    [
        ("11010519491231002*", True),
        ("11010519491231002", True),
        ("1101051949123100**", True),
        ("110105194912310***", False),
        ("11010519491331002*", False),
        ("99010519491231002*", False),
        ("11010519491231002X", False),
        ("1010519491231002X", True),
        ("1010519491331002X", False),
        ("110105 19491231 002*", True),
    ],
)
def test_as_much_is_recoverable_as_the_check_digit_tells(value: str, told: bool) -> None:
    assert is_recoverable(value) is told


def test_vehicle_numbers_need_their_form() -> None:
    values = pl.Series(
        ["1M8GDM9AXKP042788", "1m8gdm9axkp042788", "1M8GDM9AXKPO42788", "12345", None]
    )
    assert detector_of("VIN").matches(values).to_list() == [True, True, False, False, False]


def classified(columns: dict[str, list[object]], folder: Path) -> dict[str, Proposal]:
    path = folder / "t.parquet"
    pl.DataFrame(columns, strict=False).write_parquet(path)
    return {one.name: one for one in classify_table(path, profile_table(path))}


def test_an_organizations_people_get_roles_that_fit(tmp_path: Path) -> None:
    r = random.Random(5)
    rows = 1500
    found = classified(
        {
            "employee_no": [f"E{row:05d}" for row in range(rows)],
            "birth_date": [f"19{r.randrange(55, 99)}-0{r.randrange(1, 9)}-11" for _ in range(rows)],
            "sex": [r.choice("mf") for _ in range(rows)],
            "employer": [r.choice(("Mill", "Works", "Dock")) for _ in range(rows)],
            "street": [r.choice(("High Street", "Low Road", "Mill Lane")) for _ in range(rows)],
            "salary": [r.randrange(20_000, 90_000) for _ in range(rows)],
            "diagnosis": [r.choice(("Fracture of the arm", "Asthma")) for _ in range(rows)],
            "x1": [r.randrange(15_000, 25_000) for _ in range(rows)],
            "x2": [row + 10_000 for row in range(rows)],
            # Sums that rise by equal steps and fall again number nothing.
            "x4": [3000 + row * 137 % 90_000 for row in range(rows)],
            "x3": [r.choice(("a", "b")) for _ in range(rows)],
            "latitude": [round(r.uniform(48, 52), 2) for _ in range(rows)],
            "order_no": [f"A{row * 7919 % 9973:05d}" for row in range(rows)],
        },
        tmp_path,
    )
    roles = {name: one.role for name, one in found.items()}
    assert roles == {
        "employee_no": "direct",
        "birth_date": "quasi",
        "sex": "quasi",
        "employer": "quasi",
        "street": "direct",
        "salary": "sensitive",
        "diagnosis": "sensitive",
        "x1": "other",
        "x2": "other",
        "x3": "other",
        "x4": "other",
        "latitude": "quasi",
        "order_no": "other",
    }
    assert found["employee_no"].kind == "RECORD_KEY"
    assert found["x1"].evidence_code == "near_unique"
    policy = propose_policy([*found.values()])
    assert policy.rule("employee_no").mask == "pseudonym"
    # Wages under a header that says nothing count nothing up, and are nobody's business.
    assert (policy.rule("x1").role, policy.rule("x1").mask) == ("sensitive", "keep")
    assert policy.rule("x4").role == "sensitive"
    assert [policy.rule(name).mask for name in ("x2", "x3", "order_no")] == ["drop", "keep", "drop"]


def test_a_table_of_things_keeps_its_numbers(tmp_path: Path) -> None:
    r = random.Random(6)
    found = classified(
        {
            "order_no": [f"A{row:05d}" for row in range(300)],
            "amount": [round(r.uniform(1, 9999), 2) for _ in range(300)],
            "goods": [r.choice(("soap", "rope", "tea")) for _ in range(300)],
        },
        tmp_path,
    )
    policy = propose_policy([*found.values()])
    assert {rule.mask for rule in policy.columns} == {"keep"}


def test_a_key_in_clear_is_found_and_a_pseudonym_is_none(tmp_path: Path) -> None:
    path = tmp_path / "t.parquet"
    pl.DataFrame({"employee_no": [f"E{row:05d}" for row in range(60)]}).write_parquet(path)
    assert [one.kind for one in full_scan(path)] == ["RECORD_KEY"]
    assert full_scan(path, pseudonyms=["employee_no"]) == ()
    for cells in (["***"] * 60, [f"{row:016x}" for row in range(10**9, 10**9 + 60)]):
        pl.DataFrame({"employee_no": cells}).write_parquet(path)
        assert full_scan(path) == ()


def test_distinct_values_of_a_large_table_are_estimated(tmp_path: Path) -> None:
    """A sample of a thousand rows shows few twice, also of values that hundreds of rows share."""
    r = random.Random(7)
    path = tmp_path / "t.parquet"
    rows = 40_000
    pl.DataFrame(
        {
            "shared": [r.randrange(2000) * 13 for _ in range(rows)],
            "alone": [r.randrange(40_000) * 1300 for _ in range(rows)],
        }
    ).write_parquet(path)
    found = {one.name: one.evidence_code for one in classify_table(path)}
    assert found == {"shared": "nothing_found", "alone": "near_unique"}


NAMED: dict[str, Callable[[str, str], str]] = {
    "age behind it": lambda name, _: f"{name}，52岁",
    "two": lambda name, other: f"{name}/{other}",
    "number before it": lambda name, _: f"0007{name}",
    "JSON": lambda name, _: f'{{"n": "{name}", "v": 1}}',
    "sentence": lambda name, _: f"{name}来电反映小区停车问题",
}
NAMELESS: dict[str, tuple[str, ...]] = {
    "streets": ("黄山路", "张江路", "马鞍山路", "周家嘴路", "江苏路"),
    "shops": ("王记面馆", "张记饭店", "李记烧烤", "陈记茶庄", "刘记小吃"),
    "goods": ("黄金项链", "白酒", "方便面", "石材", "金属板材", "马桶", "毛巾", "花生油", "钱包"),
    "requests": ("路灯不亮请尽快维修", "道路积水严重影响出行", "金额计算有误", "安装宽带预约"),
}


def chinese_name(source: random.Random) -> str:
    surname, given = source.choice("王李张刘陈杨赵黄周吴"), source.choice("伟芳娜敏静丽强磊军洋")
    return surname + given + source.choice(("", "华", "明", "宇", "婷"))


@pytest.mark.parametrize("form", NAMED)
def test_names_beside_something_else_are_found(form: str, tmp_path: Path) -> None:
    """What masks them is proposed, though no word announces them."""
    source = random.Random(form)
    cells = [NAMED[form](chinese_name(source), chinese_name(source)) for _ in range(ROWS)]
    found = classify_table(written(cells, tmp_path))[0]
    assert (found.role, found.kind) == ("direct", "FREE_TEXT_PII"), found.evidence
    assert found.evidence_parameters["kind"] == "CN_NAME"
    assert propose_policy([found]).rule("c1").mask == "mask_text"


def test_names_with_blanks_are_names(tmp_path: Path) -> None:
    source = random.Random(7)
    cells = [" ".join(chinese_name(source)) for _ in range(ROWS)]
    found = classify_table(written(cells, tmp_path))[0]
    assert (found.role, found.kind) == ("direct", "CN_NAME")


@pytest.mark.parametrize("form", NAMELESS)
def test_words_that_begin_as_names_do_are_none(form: str, tmp_path: Path) -> None:
    source = random.Random(form)
    cells = [f"{source.choice(NAMELESS[form])}{source.randrange(60)}" for _ in range(ROWS)]
    assert classify_table(written(cells, tmp_path))[0].role == "other"


@pytest.mark.parametrize(
    ("form", "role"),
    [
        (lambda number: number[:14], "quasi"),
        (lambda number: without(number, 14, 15, 16, 17), "quasi"),
        (lambda number: without(number, 14, 15, 16), "quasi"),
        (lambda number: number[:10], "other"),
    ],
)
def test_place_and_day_of_birth_help_to_find_somebody(
    form: Callable[[str], str], role: str, tmp_path: Path
) -> None:
    """What is left of an identity number when its last digits are hidden, as is usual."""
    source = random.Random(11)
    path = written([form(resident_id(source)) for _ in range(ROWS)], tmp_path)
    found = classify_table(path)[0]
    assert (found.role, found.kind) == (role, None)
    assert full_scan(path) == ()
    assert propose_policy([found]).rule("c1").mask == ("generalize" if role == "quasi" else "keep")


def test_codes_of_diagnoses_need_no_point_in_each(tmp_path: Path) -> None:
    source = random.Random(12)
    codes = ("E11.9", "I10", "J45.900", "Z00.0", "K29.700x001", "I10")
    cells = [source.choice(codes) for _ in range(ROWS)]
    found = classify_table(written(cells, tmp_path))[0]
    assert (found.role, found.kind) == ("sensitive", "DIAGNOSIS")
