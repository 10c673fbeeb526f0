"""The pages that look into a real database, wide and narrow, in both languages."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from marketplace.catalog.drawing.execution import execute_drawing
from marketplace.catalog.source.models import Drawing
from tests.browser.test_accessibility import look
from tests.browser.visitor import leave_by
from tests.given.source_servers import SCHEMAS, real_source, trips
from tests.given.world import World
from tests.plugins.sources import SourceServer

pytestmark = pytest.mark.browser


def test_an_officer_draws_a_table(
    page: Page,
    site: str,
    everyone: World,
    sources_allowed: None,
    postgres_source: SourceServer,
    sign_in: Callable[[str], None],
    violations: list[str],
    keep_picture: Callable[[str], None],
) -> None:
    """Tables, columns, a drawing that waits and one that is done: no fault for axe."""
    wanted = trips(postgres_source, "browser_trips")
    postgres_source.run("ALTER TABLE browser_trips ADD COLUMN details jsonb")
    source = real_source(everyone, postgres_source)
    sign_in("officer")
    tables = reverse("source_tables", args=[source.pk])
    assert look(page, site, tables, keep_picture, "source_tables_listed") == {}
    assert look(page, site, f"{tables}?q=nowhere", keep_picture, "source_tables_none") == {}
    draw = reverse("drawing_start", args=[source.pk])
    address = f"{draw}?schema={SCHEMAS['postgresql']}&table={wanted.table}"
    assert look(page, site, address, keep_picture, "drawing_start") == {}
    page.context.clear_cookies(name="django_language")
    page.goto(f"{site}{tables}?q=browser")
    leave_by(page.get_by_role("link", name=f"{wanted.schema}.{wanted.table}"))
    expect(page.get_by_text("What cannot be drawn")).to_be_visible()
    page.get_by_label("note (character varying(20))").uncheck()
    leave_by(page.get_by_role("button", name="Draw the table"))
    drawing = Drawing.objects.get()
    assert drawing.columns == ["line", "stop"]
    detail = reverse("drawing_detail", args=[drawing.pk])
    assert look(page, site, detail, keep_picture, "drawing_waiting") == {}
    execute_drawing(drawing.pk)
    assert look(page, site, detail, keep_picture, "drawing_done") == {}
    assert violations == []
