"""Messages to a hotline are labelled by four people by keys, decided on, paid and made a dataset.

In both languages; nothing depends on the words of a button.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from functools import cache

import polars as pl
import pytest
from django.conf import settings
from django.urls import reverse
from playwright.sync_api import Page, expect

from marketplace.accounts.roles import Role
from marketplace.annotation.arbitration.selectors import disputed_of
from marketplace.annotation.batch.funds import funds_of
from marketplace.annotation.batch.models import Batch, Task
from marketplace.annotation.kinds.kind import Answer
from marketplace.annotation.labelled_set.models import LabelledSet
from marketplace.annotation.project.models import Item, LabellingProject
from marketplace.annotation.project.services import (
    open_labelling,
    publish_labelling,
    set_gold,
    write_guideline,
)
from marketplace.demo.story.hotline import TOPICS
from marketplace.trading.books.models import Account
from marketplace.vault.services import open_stored
from tests.desensitize.test_mask_examples import masked
from tests.given import annotation as given
from tests.given import hotline
from tests.given.rights import certified
from tests.given.world import World, invite

pytestmark = pytest.mark.browser
ITEMS, GOLD = 30, 8
PEOPLE = ("annotator", "second_annotator", "other_annotator", "fourth_annotator")
PRICE = Decimal("0.45")
CLASSES = [{"code": f"topic_{place}", "label": topic} for place, topic in enumerate(TOPICS, 1)]


@cache
def keys_of_texts() -> Mapping[str, str]:
    """Return by the masked text of each message which key its topic has."""
    given_texts = pl.Series("message", [one.text for one in hotline.messages(300)])
    topics = [str(1 + TOPICS.index(one.topic)) for one in hotline.messages(300)]
    return dict(zip(masked("mask_text", given_texts).to_list(), topics, strict=True))


def texts_of(project: LabellingProject) -> dict[int, str]:
    """Return by its row what annotators read of each item."""
    with open_stored(project.version.file) as file:
        texts = pl.read_parquet(file.read())["message"].head(project.rows)
    return dict(enumerate(texts, start=1))


def opened(world: World) -> LabellingProject:
    """Let the officer open a project on masked messages; the first eight rows are gold items."""
    admitted = given.services(world)
    invite(world, "second_labeller", "fourth_annotator", {Role.ANNOTATOR})
    by, version = world.actor("officer"), hotline.masked(world)
    certified(world, dataset=version.dataset)
    plan = given.plan(
        list(admitted),
        title="What messages are about",
        classes=CLASSES,
        columns=["message"],
        rows=GOLD + ITEMS,
        overlap_percent=30,
        batch_size=10,
        gold_percent=10,
        price=PRICE,
    )
    project = open_labelling(version.pk, plan=plan, by=by)
    write_guideline(project.pk, text="One matter a message.", examples="", by=by)
    texts = texts_of(project)
    for row in range(1, GOLD + 1):
        answer = Answer((CLASSES[int(keys_of_texts()[texts[row]]) - 1]["code"],))
        set_gold(project.pk, row=row, answer=answer, by=by)
    given.funded(world, project)
    return publish_labelling(project.pk, by=by)


def labelled_by_keys(page: Page, *, slips: set[str]) -> None:
    """Label every item of the open batch by its key, but the first of some texts by another's."""
    heading = page.locator(".panel-head h2").first
    _first, items = re.findall(r"\d+", heading.inner_text())
    for number in range(1, int(items) + 1):
        expect(heading).to_have_text(re.compile(rf"\b{number}\b.*\b{items}\b"))
        # The heading stands there before the script that listens to the keys.
        page.wait_for_load_state()
        text = page.locator('[data-column="message"]').inner_text()
        key = int(keys_of_texts()[text])
        page.keyboard.press(str(key % len(TOPICS) + 1 if text in slips else key))
        if text in slips:
            slips.clear()
        page.keyboard.press("Enter")
    expect(page.locator("form[action$='/hand-in/']")).to_be_attached()


def posted(page: Page, action: str) -> None:
    """Press the one button that sends to such an address, after its sheet was opened."""
    form = page.locator(f"form[action$='/{action}/']")
    sheet = page.locator("main details.act", has=form)
    if sheet.count():
        sheet.locator("summary").click()
    with page.expect_navigation():
        form.locator("button[type=submit]").click()


def sent(page: Page) -> None:
    """Press the button of the form of a page that takes it itself."""
    with page.expect_navigation():
        page.locator("main form:not([action]) button[type=submit]").click()


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_from_messages_to_a_labelled_set(
    page: Page,
    site: str,
    everyone: World,
    sign_in: Callable[[str], None],
    violations: list[str],
    language: str,
) -> None:
    """Every accepted label is paid to the cent, and each look is on record."""
    project = opened(everyone)
    cookie = {"name": settings.LANGUAGE_COOKIE_NAME, "value": language, "url": site}
    page.context.add_cookies([cookie])  # type: ignore[list-item]
    shared = given.shared_items(project)
    # Whoever meets the first of the items that two people label takes it for another.
    texts, rows = texts_of(project), Item.objects.filter(pk__in=shared)
    slips = {texts[row] for row in rows.values_list("row", flat=True)}
    for number in range(3):
        for person in PEOPLE:
            sign_in(person)
            page.goto(site + reverse("labelling_work", args=[project.pk]))
            if number == 2 and not page.locator("form[action$='/take/']").count():
                # By whom the last few are labelled is not known before.
                continue
            posted(page, "take")
            labelled_by_keys(page, slips=slips)
            posted(page, "hand-in")
    batches = list(Batch.objects.filter(annotator__project=project, is_qualification=False))
    assert len({batch.annotator_id for batch in batches}) == len(PEOPLE)
    sign_in("officer")
    for batch in batches:
        page.goto(site + reverse("batch_inspect", args=[batch.pk]))
        sent(page)
    (disputed,) = disputed_of(project)
    page.goto(site + reverse("item_arbitrate", args=[disputed.item.pk]))
    page.keyboard.press(keys_of_texts()[page.locator('[data-column="message"]').inner_text()])
    sent(page)
    page.goto(site + reverse("labelled_set_make", args=[project.pk]))
    page.locator("main [name=title]").fill("市民诉求按事项分类")
    page.locator("main [name=abstract]").fill("三十八条诉求,其中三十条由四人标注。")
    sent(page)
    made = LabelledSet.objects.get(project=project)
    assert made.items == ITEMS + GOLD
    labels = Task.objects.filter(annotator__project=project, batch__is_qualification=False)
    assert labels.filter(item__gold__isnull=True).count() == ITEMS + len(shared)
    assert made.cost == PRICE * labels.count() == funds_of(project).paid
    paid = Account.objects.filter(kind="seller", organization__kind="service")
    assert sum(one.balance for one in paid) == made.cost
    assert not Task.objects.filter(looks=None).exists()
    assert violations == []
