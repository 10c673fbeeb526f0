"""The data of the demo story: real where it says so, invented where it says so."""

from __future__ import annotations

import csv
import datetime
import hashlib
import re
from collections import Counter
from pathlib import Path

import pytest

from desensitize.privacy.synthetic import Levels, read_domains
from marketplace.demo.story import public_data
from marketplace.demo.story.hierarchies import HIERARCHY_COLUMNS, hierarchy
from marketplace.demo.story.identities import (
    IDENTITY_COLUMNS,
    SURVEY_COLUMNS,
    SurveyFile,
    write_registered_survey,
)
from marketplace.demo.story.invention import SURVEYED_ON
from marketplace.demo.story.member_purchases import MEMBER_PURCHASES
from marketplace.demo.story.members import MEMBERS, write_members
from marketplace.demo.story.survey_copy import DRAWN, SURVEY_COPY
from marketplace.demo.story.weather import write_weather

PROVENANCE = (Path(public_data.__file__).parent / "data" / "PROVENANCE.md").read_text("utf-8")
UCI_ADULT_SHA256 = "a4889633d51e42867b8be390444b96b4b719d3000ec4ce2f835dd000b0b8f679"
ROWS = 48_842
# GB/T 2260: the provinces, as the first two digits of a resident ID number.
PROVINCES = {
    *range(11, 16),
    *range(21, 24),
    *range(31, 38),
    *range(41, 47),
    *range(50, 55),
    *range(61, 66),
}


@pytest.fixture(scope="module")
def survey(tmp_path_factory: pytest.TempPathFactory) -> SurveyFile:
    """Write the whole survey once."""
    return write_registered_survey(tmp_path_factory.mktemp("story") / "survey.csv")


@pytest.fixture(scope="module")
def people(survey: SurveyFile) -> list[dict[str, str]]:
    """Read the written survey back."""
    with survey.path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def sha256(content: bytes) -> str:
    """Give a digest as it is written down."""
    return hashlib.sha256(content).hexdigest()


def test_stored_adult_is_the_original_but_for_blanks_and_quotes() -> None:
    """Putting blanks and quotes back gives UCI Adult as it is published, byte for byte."""
    header, *lines = public_data.public_bytes("adult").decode("ascii").splitlines()
    quoted = ",".join(f'"{column}"' for column in header.split(","))
    original = "".join(
        f"{line}\n" for line in [quoted, *(line.replace(",", ", ") for line in lines)]
    )
    assert len(lines) == ROWS
    assert sha256(original.encode("ascii")) == UCI_ADULT_SHA256


def test_provenance_names_every_digest() -> None:
    """What the provenance says is what is stored."""
    assert UCI_ADULT_SHA256 in PROVENANCE
    for name, stored in public_data.STORED_SHA256.items():
        assert stored in PROVENANCE
        assert sha256(public_data.public_bytes(name)) in PROVENANCE


def test_damaged_file_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A shipped file that was changed is not read, and the sentence says what to do."""
    (tmp_path / "adult.csv.xz").write_bytes(b"something else")
    monkeypatch.setattr(public_data, "_FOLDER", tmp_path)
    with pytest.raises(public_data.DataDamaged, match="Restore it"):
        public_data.public_bytes("adult")


def test_survey_is_written_as_it_says(survey: SurveyFile, people: list[dict[str, str]]) -> None:
    """Rows, columns and digest are those of the file."""
    assert survey.rows == len(people) == ROWS
    assert survey.sha256 == sha256(survey.path.read_bytes())
    assert tuple(people[0]) == (*IDENTITY_COLUMNS, *SURVEY_COLUMNS)


def test_answers_are_the_real_ones(people: list[dict[str, str]]) -> None:
    """Every answer of the survey stands in its row, unchanged."""
    for person, answers in zip(people, public_data.public_rows("adult"), strict=True):
        assert {source: person[ours] for ours, source in SURVEY_COLUMNS.items()} == answers


def test_same_seed_same_bytes(tmp_path: Path) -> None:
    """The seed decides the bytes; fewer rows are the beginning of more."""
    first = write_registered_survey(tmp_path / "first.csv", seed=7, rows=300)
    again = write_registered_survey(tmp_path / "again.csv", seed=7, rows=300)
    other = write_registered_survey(tmp_path / "other.csv", seed=8, rows=300)
    shorter = write_registered_survey(tmp_path / "shorter.csv", seed=7, rows=20)
    assert first.path.read_bytes() == again.path.read_bytes()
    assert first.invented == again.invented
    assert first.sha256 != other.sha256
    assert first.path.read_bytes().startswith(shorter.path.read_bytes())


def test_id_numbers(people: list[dict[str, str]]) -> None:
    """Each number has a province, a birth date of that age, the sex and the check character.

    The check is ISO 7064: the digits weighted by powers of 2 sum to 1 modulo 11.
    """
    for person in people:
        number = person["id_number"]
        assert re.fullmatch(r"[0-9]{17}[0-9X]", number)
        assert int(number[:2]) in PROVINCES
        born = datetime.date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
        before_birthday = (SURVEYED_ON.month, SURVEYED_ON.day) < (born.month, born.day)
        assert SURVEYED_ON.year - born.year - before_birthday == int(person["age"])
        assert (int(number[16]) % 2 == 1) == (person["sex"] == "Male")
        values = [10 if character == "X" else int(character) for character in number]
        assert sum(value * 2 ** (17 - place) for place, value in enumerate(values)) % 11 == 1


def test_bank_cards(people: list[dict[str, str]]) -> None:
    """Each card has 16 or 19 digits and passes Luhn, computed by the table of doubled digits."""
    doubled = (0, 2, 4, 6, 8, 1, 3, 5, 7, 9)
    for person in people:
        card = person["bank_card"]
        assert re.fullmatch(r"[0-9]{16}|[0-9]{19}", card)
        digits = [int(digit) for digit in reversed(card)]
        assert (sum(digits[::2]) + sum(doubled[digit] for digit in digits[1::2])) % 10 == 0


def test_names_mobiles_and_addresses(people: list[dict[str, str]]) -> None:
    """They look as an officer knows them."""
    for person in people:
        assert re.fullmatch(r"[\u4e00-\u9fff]{2,4}", person["name"])
        assert re.fullmatch(r"1[3-9][0-9]{9}", person["mobile"])
        assert re.fullmatch(
            r"[\u4e00-\u9fff]+市[\u4e00-\u9fff]+区[\u4e00-\u9fff]+[路街]"
            r"[0-9]{1,3}号[0-9]{1,2}幢[0-9]{3,4}室",
            person["home_address"],
        )


def test_invented_values_are_all_told(survey: SurveyFile, people: list[dict[str, str]]) -> None:
    """What is searched for in delivered files is all that was invented; numbers come once."""
    invented = survey.invented
    assert invented.names == {person["name"] for person in people}
    assert invented.home_addresses == {person["home_address"] for person in people}
    for told, column in (
        (invented.id_numbers, "id_number"),
        (invented.mobiles, "mobile"),
        (invented.bank_cards, "bank_card"),
    ):
        assert told == {person[column] for person in people}
        assert len(told) == ROWS
    assert invented.values() >= {people[0][column] for column in IDENTITY_COLUMNS}


@pytest.mark.parametrize("column", HIERARCHY_COLUMNS)
def test_hierarchy_covers_every_value(column: str, people: list[dict[str, str]]) -> None:
    """Each value of the whole survey has exactly one way up, which ends in `*`."""
    rows = hierarchy(column)
    assert {len(row) for row in rows} == {len(rows[0])}
    assert {row[-1] for row in rows} == {"*"}
    leaves = Counter(row[0] for row in rows)
    assert set(leaves.values()) == {1}
    assert {person[column] for person in people} <= set(leaves)


@pytest.mark.parametrize("column", HIERARCHY_COLUMNS)
def test_hierarchy_levels_are_nested(column: str) -> None:
    """What shares a label shares all coarser labels, so a coarser level never splits a class."""
    rows = hierarchy(column)
    for level in range(len(rows[0]) - 1):
        above: dict[str, str] = {}
        for row in rows:
            assert above.setdefault(row[level], row[level + 1]) == row[level + 1]


def test_weather(tmp_path: Path) -> None:
    """Four years of days, each once, byte for byte as published."""
    path = write_weather(tmp_path / "weather.csv")
    assert sha256(path.read_bytes()) in PROVENANCE
    with path.open(encoding="ascii", newline="") as file:
        rows = list(csv.DictReader(file))
    first = datetime.date(2012, 1, 1)
    assert [row["date"] for row in rows] == [
        f"{first + datetime.timedelta(days=offset):%Y/%m/%d}" for offset in range(1461)
    ]
    assert set(rows[0]) == {"date", "precipitation", "temp_max", "temp_min", "wind", "weather"}


def test_members_are_made_up_and_the_same_each_time(tmp_path: Path) -> None:
    """Each number once, in the groups that the officer named; nothing is of a person."""
    paths = [tmp_path / f"{number}.csv" for number in range(2)]
    for path in paths:
        write_members(path)
    assert paths[0].read_bytes() == paths[1].read_bytes()
    with paths[0].open(encoding="utf-8", newline="") as file:
        members = list(csv.DictReader(file))
    assert len({member["member_number"] for member in members}) == len(members) == MEMBERS
    for name in ("age", "sex", "district"):
        options = MEMBER_PURCHASES.rules[name]["options"]
        assert isinstance(options, dict)
        levels = options["hierarchy"]
        assert {member[name] for member in members} <= {row[0] for row in levels}
    assert [annotation.name for annotation in MEMBER_PURCHASES.annotations] == list(members[0])
    write_members(paths[1], 700)
    few, many = (path.read_text(encoding="utf-8").splitlines() for path in reversed(paths))
    assert few == many[:701]


def test_copy_is_drawn_from_the_words_of_the_codebook(people: list[dict[str, str]]) -> None:
    """They were listed without a look at an answer, and every answer is among them."""
    drawing = SURVEY_COPY.synthetic
    assert drawing is not None
    domains = read_domains(drawing["domains"])
    for name, domain in domains.items():
        answers = {person[name] for person in people}
        if isinstance(domain, Levels):
            assert answers <= set(domain.values)
        else:
            numbers = [int(answer) for answer in answers]
            assert domain.edges[0] <= min(numbers) <= max(numbers) < domain.edges[-1]
    assert set(domains) == {*DRAWN}
    assert not {*DRAWN} & {*IDENTITY_COLUMNS}
