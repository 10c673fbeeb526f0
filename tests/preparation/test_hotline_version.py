"""Citizens' messages become masked texts: de-identified, never called anonymous, and passed."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest
from django.conf import settings
from django.urls import reverse

from desensitize.risk import full_scan
from marketplace.core.errors import Invalid
from marketplace.preparation.report.models import RiskReport, Verdict
from marketplace.preparation.report.presentation import explained
from marketplace.preparation.report.selectors import report_of
from marketplace.vault.services import open_stored
from tests.conftest import PageClients
from tests.given import hotline as given
from tests.given import preparation
from tests.given.world import World

pytestmark = pytest.mark.django_db


def report(world: World) -> RiskReport:
    found = report_of(given.masked(world).pk)
    assert found is not None
    return found


def test_masked_messages_pass_and_are_called_what_they_are(world: World) -> None:
    """Each text is unlike all others, and so nobody may call them anonymous."""
    found = report(world)
    assert found.passed, found.failures
    assert found.verdict == Verdict.DE_IDENTIFIED
    codes = {one["code"] for one in found.judgement["reasons"]}
    assert {"identifiers_remain", "record_key"} <= codes
    answers = {one.question: one.answer for one in explained(found, {}).answers}
    assert "a name that no word announces" in answers["What is left in the texts?"].lower()
    assert "labelled" in answers["What may be done with it?"]
    assert "may not be called anonymous" in answers["What may be done with it?"]


@pytest.mark.parametrize(
    ("language", "words"), [("en", "What may be done with it?"), ("zh-hans", "可以用来做什么？")]
)
def test_the_page_says_so_in_both_languages(
    world: World, page_of: PageClients, language: str, words: str
) -> None:
    client = page_of("officer")
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    page = client.get(reverse("risk_report_detail", args=[report(world).pk]))
    assert words in page.content.decode()


def test_no_number_of_a_caller_is_left(world: World) -> None:
    with open_stored(given.masked(world).file) as file:
        released = pl.read_parquet(file.read())
    assert released.columns == ["received", "district", "message"]
    texts = "\n".join(released["message"].to_list())
    for message in given.messages(300):
        assert message.phone not in texts
        assert message.caller not in texts or len(message.caller) < 3


@pytest.mark.parametrize(
    ("text", "kind"),
    [("请拨打1381234{number:04d}联系", "mobile"), ("请王先生{number}号上午来", "name")],
)
def test_texts_in_clear_that_hold_personal_data_are_refused(
    world: World, text: str, kind: str
) -> None:
    """The policy is, whatever the column is called."""
    rows = "\n".join(
        f"{number},{text.format(number=number)},{'甲乙丙'[number % 3]}区" for number in range(60)
    )
    version = preparation.classified_version(world, table=f"number,message,district\n{rows}\n")
    document = preparation.policy_document(version, message={"mask": "keep", "role": "sensitive"})
    with pytest.raises(Invalid, match="cannot be released in clear") as refused:
        preparation.confirmed(world, version, document=document)
    assert kind in str(refused.value)


def test_names_that_a_mask_overlooked_are_found_in_every_cell(tmp_path: Path) -> None:
    """The written bytes are read again: names in a twentieth of the texts, plates and addresses."""
    told = ["请王先生来处理噪音", "车牌苏A12345挡路", "临江区和平路12号漏水", "没有热水很多天了"]
    for text in told[:3]:
        path = tmp_path / "released.parquet"
        texts = [f"{text}，第{number}次" for number in range(20)] + [told[3]] * 80
        pl.DataFrame({"message": texts}).write_parquet(path)
        (found,) = full_scan(path)
        assert found.rows == 20, text
    pl.DataFrame({"message": [told[3]] * 100}).write_parquet(path)
    assert full_scan(path) == ()
