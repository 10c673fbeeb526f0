"""The preparation pages in each of their states: readable by everybody, and usable by keyboard."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from django.conf import settings
from django.test import override_settings
from django.urls import reverse
from playwright.sync_api import Page, expect

from marketplace.catalog.version.models import DatasetVersion
from marketplace.preparation.column.selectors import findings_of
from marketplace.preparation.execution import execute_run
from marketplace.preparation.masking.services import start_masking
from marketplace.preparation.run.models import Run
from marketplace.preparation.study.services import start_comparison, start_tradeoff
from tests.browser.test_accessibility import BY_AXE, LANGUAGES, WIDTHS, faults, look, too_wide
from tests.browser.test_keyboard import leave, tab_to
from tests.given import preparation as given
from tests.given.world import World

pytestmark = pytest.mark.browser

LONG = "a_header_from_a_whole_sentence_of_the_questionnaire_of_2019"


def long_table() -> str:
    """Return a table of people whose headers and cells are long."""
    header, _end, rows = given.people().partition("\n")
    return header.replace("city", LONG) + "\n" + rows.replace("Xiamen", "Xiamen " + "x" * 150)


def picture_under_way(world: World) -> str:
    """Return the page of a picture that is being drawn."""
    version = given.classified_version(world)
    start_tradeoff(version.pk, by=world.actor("officer"))
    return reverse("tradeoff_detail", kwargs={"pk": version.pk})


def empty_picture(world: World) -> str:
    """Return the page of a picture that nobody asked for yet."""
    return reverse("tradeoff_detail", kwargs={"pk": given.classified_version(world).pk})


def empty_comparison(world: World) -> str:
    """Return the page of a comparison without masked versions."""
    return reverse("comparison_detail", kwargs={"pk": given.classified_version(world).pk})


def two_compared(world: World) -> str:
    """Return the page of two masked versions with long names side by side."""
    source = given.classified_version(world, table=long_table())
    masked = []
    for smallest in (5, 20):
        document = given.without_trace(source) | {"smallest_class": smallest}
        masked.append(given.masked(world, source, document=document).pk)
    run = start_comparison(source.pk, masked=masked, by=world.actor("officer"))
    execute_run(run.pk)
    return reverse("comparison_detail", kwargs={"pk": source.pk})


def failed_report(world: World) -> str:
    """Return a report that did not pass."""
    version = given.confirmed_version(world)
    with override_settings(CENTRE={**settings.CENTRE, "LARGEST_PROSECUTOR_RISK": 0.01}):
        run: Run = start_masking(version.pk, by=world.actor("officer"))
        execute_run(run.pk)
    run.refresh_from_db()
    return reverse("risk_report_detail", kwargs={"pk": run.risk_report.pk})


def long_levels(world: World) -> str:
    """Return the levels of a column with a long name and long values."""
    version = given.classified_version(world, table=long_table())
    given.looking(world, version, column=sixth(version))
    return reverse("hierarchy_edit", kwargs={"pk": version.pk, "position": 6})


def sixth(version: DatasetVersion) -> str:
    """Return the name of the sixth column."""
    return findings_of(version).get(position=6).name


def asked_why(world: World) -> str:
    """Return the page that asks why somebody looks at values of a column with a long name."""
    version = given.classified_version(world, table=long_table())
    return reverse("hierarchy_edit", kwargs={"pk": version.pk, "position": 6})


STATES = {
    "picture-under-way": picture_under_way,
    "picture-empty": empty_picture,
    "comparison-empty": empty_comparison,
    "comparison-two": two_compared,
    "report-failed": failed_report,
    "levels-long": long_levels,
    "look-asked": asked_why,
}


@pytest.mark.drawn(3)
@pytest.mark.parametrize("name", STATES)
def test_state_is_accessible(
    name: str,
    page: Page,
    site: str,
    everyone: World,
    sign_in: Callable[[str], None],
    violations: list[str],
    keep_picture: Callable[[str], None],
) -> None:
    address = STATES[name](everyone)
    sign_in("officer")
    assert look(page, site, address, keep_picture, f"state-{name}") == {}
    assert violations == []


A4_INSIDE_MARGINS = 703
"""Pixels between the margins of 12 mm of a page of A4."""


def test_report_fits_on_paper(
    page: Page,
    site: str,
    everyone: World,
    sign_in: Callable[[str], None],
    violations: list[str],
    keep_picture: Callable[[str], None],
) -> None:
    report = given.passed_report(everyone)
    sign_in("officer")
    page.set_viewport_size({"width": A4_INSIDE_MARGINS, "height": 1000})
    page.goto(site + reverse("risk_report_detail", kwargs={"pk": report.pk}))
    folded = page.get_by_role("group", name="What happened to each column", include_hidden=True)
    expect(folded).to_be_hidden()
    page.evaluate("window.print = () => { document.title = 'printed'; }")
    page.locator("[data-print]").click()
    expect(page).to_have_title("printed")
    page.emulate_media(media="print")
    expect(page.locator("[data-print]")).to_be_hidden()
    expect(page.locator(".rail")).to_be_hidden()
    expect(folded).to_be_visible()
    keep_picture("report-on-paper")
    assert not page.evaluate(
        "[document.documentElement, ...document.querySelectorAll('.table-region')]"
        ".some((piece) => piece.scrollWidth > piece.clientWidth)"
    )
    assert violations == []


def in_each_view(page: Page, site: str, address: str) -> Iterator[str]:
    """Open an address in each language; the caller acts, then looks at both widths."""
    for language in LANGUAGES:
        page.context.add_cookies(
            [{"name": settings.LANGUAGE_COOKIE_NAME, "value": language, "url": site}]
        )
        page.set_viewport_size({"width": 1280, "height": 900})
        page.goto(site + address)
        yield language


def at_both_widths(
    page: Page, keep_picture: Callable[[str], None], name: str, language: str
) -> list[str]:
    """Return what is wrong at both widths; axe sees one of them in each language, as by `look`."""
    found = []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        keep_picture(f"{name}-{language}")
        found += faults(page) if (language, width) in BY_AXE else too_wide(page)
    return found


@pytest.fixture
def long_version(everyone: World) -> DatasetVersion:
    """Return a classified version with long names and values."""
    return given.classified_version(everyone, table=long_table())


def test_live_preview_and_mistakes_are_accessible(
    page: Page,
    site: str,
    long_version: DatasetVersion,
    everyone: World,
    sign_in: Callable[[str], None],
    violations: list[str],
    keep_picture: Callable[[str], None],
) -> None:
    given.looking(everyone, long_version)
    sign_in("officer")
    address = reverse("policy_confirm", kwargs={"pk": long_version.pk})
    for language in in_each_view(page, site, address):
        page.locator("[name='columns.1.mask']").select_option("pseudonym")
        page.locator("[name='columns.3.mask']").select_option("generalize_bins")
        expect(page.locator("#mask-preview .text-danger")).to_be_visible()
        page.locator("[name='columns.3.options.width']").fill("10")
        page.locator("[name='columns.3.options.width']").blur()
        expect(page.locator("#mask-preview .text-danger")).to_have_count(0)
        expect(page.locator("#mask-preview")).to_contain_text("[20, 30)")
        assert at_both_widths(page, keep_picture, "state-preview", language) == []
        page.locator("[name='columns.3.options.width']").fill("-1")
        page.locator("[name='smallest_class']").fill("1")
        page.locator("main form[data-guard] button[type=submit]").first.click()
        expect(page.locator(".invalid-feedback").first).to_be_visible()
        assert at_both_widths(page, keep_picture, "state-policy-mistakes", language) == []
    assert violations == []


def test_live_levels_are_accessible(
    page: Page,
    site: str,
    long_version: DatasetVersion,
    everyone: World,
    sign_in: Callable[[str], None],
    violations: list[str],
    keep_picture: Callable[[str], None],
) -> None:
    given.looking(everyone, long_version, column=sixth(long_version))
    sign_in("officer")
    address = reverse("hierarchy_edit", kwargs={"pk": long_version.pk, "position": 6})
    for language in in_each_view(page, site, address):
        page.locator("[name=rows]").fill("Fuzhou;north\nQuanzhou;south")
        page.locator("[name=rows]").blur()
        expect(page.locator("#levels .note-warning")).to_be_visible()
        assert at_both_widths(page, keep_picture, "state-levels", language) == []
        page.set_viewport_size({"width": 1280, "height": 900})
        page.locator("[name=rows]").fill("Fuzhou;north\nQuanzhou")
        page.locator("[name=rows]").blur()
        expect(page.locator("#levels .note-bad")).to_be_visible()
        assert at_both_widths(page, keep_picture, "state-levels-wrong", language) == []
    assert violations == []


def test_a_policy_by_keyboard(
    page: Page, site: str, everyone: World, sign_in: Callable[[str], None]
) -> None:
    """An officer opens the levels, saves them, draws the picture and confirms, without a mouse."""
    version = given.classified_version(everyone)
    sign_in("officer")
    page.goto(site + reverse("policy_confirm", kwargs={"pk": version.pk}))
    tab_to(page, "main a[href$='/hierarchies/6/']")
    page.keyboard.press("Enter")
    # Where the link stood, so that whoever works by keyboard goes on there.
    expect(page.locator("#levels-6 select[name=levels-reason]")).to_be_focused()
    page.keyboard.press("ArrowDown")
    tab_to(page, "#levels-6 button[hx-post]")
    page.keyboard.press("Enter")
    expect(page.locator("#levels-6 textarea[name=rows]")).to_be_focused()
    page.keyboard.press("Control+A")
    page.keyboard.insert_text("Fuzhou;north\nQuanzhou;south\nXiamen;south")
    tab_to(page, "#levels-6 button[hx-post]")
    page.keyboard.press("Enter")
    expect(page.locator("#levels-6 [role=status]")).to_contain_text("Levels: saved.")
    expect(page.locator("#levels-6 a")).to_be_focused()
    page.goto(site + reverse("tradeoff_detail", kwargs={"pk": version.pk}))
    tab_to(page, "main form[action$='/picture/start/'] button")
    leave(page, "Enter")
    execute_run(Run.objects.get(kind="tradeoff").pk)
    expect(page.get_by_role("main")).to_contain_text("What was tried")
    tab_to(page, "main a[href$='?treatment=1']")
    leave(page, "Enter")
    tab_to(page, "main form button[type=submit]:not([name])")
    leave(page, "Enter")
    expect(page.get_by_role("main")).to_contain_text("What happens to each column is decided.")
