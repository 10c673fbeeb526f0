"""A part of a table is ticked and chosen, and not written in a language of its own."""

from __future__ import annotations

from typing import Any

import pytest
from django.http import QueryDict
from django.urls import reverse

from marketplace.catalog.version.selectors import columns_of
from marketplace.trading.listings.listing.forms import OfferForm
from marketplace.trading.listings.terms.terms import Terms
from tests.conftest import PageClients
from tests.given import trading as given
from tests.given.world import World


def sent(**values: list[str]) -> QueryDict:
    """Return what a browser sends."""
    data = QueryDict(mutable=True)
    for name, each in values.items():
        data.setlist(name.replace("_", "-"), each)
    return data


def form_of(world: World, data: QueryDict) -> OfferForm:
    """Return the form of a listing with what was sent."""
    form = OfferForm(data, version=given.drafted(world).revision.version)
    form.is_valid()
    return form


@pytest.mark.parametrize(
    ("line", "condition"),
    [
        (("day", "eq", "2026-03-01"), ["day", "eq", "2026-03-01"]),
        (("line", "in", "1, 2，3、"), ["line", "in", [1, 2, 3]]),
        (("boardings", "ge", "100"), ["boardings", "ge", 100]),
        (("boardings", "lt", "1.5"), ["boardings", "lt", 1.5]),
        (("line", "null", "whatever"), ["line", "null"]),
    ],
)
def test_a_condition_is_read_by_the_type_of_its_column(
    line: tuple[str, str, str], condition: list[Any], world: World
) -> None:
    """Numbers as numbers, several values as a list, and a comparison without a value as such."""
    column, test, value = line
    data = sent(rows_column=[column, ""], rows_test=[test, "eq"], rows_value=[value, ""])
    form = form_of(world, data)
    assert "rows" not in form.errors
    assert form.cleaned_data["rows"] == (condition,)


@pytest.mark.parametrize(
    ("line", "says"),
    [
        (("", "eq", "B1"), "Choose the column"),
        (("nothing", "eq", "B1"), "Choose the column"),
        (("line", "like", "B1"), "Choose how"),
        (("line", "eq", "  "), "Give a value"),
        (("boardings", "ge", "many"), "holds numbers"),
        (("boardings", "ge", "nan"), "holds numbers"),
        (("boardings", "ge", "1e999"), "holds numbers"),
        (("boardings", "ge", "9" * 5000), "at most 1000 characters"),
        (("day", "eq", "x" * 1001), "at most 1000 characters"),
    ],
)
def test_what_is_no_condition_is_said_in_a_sentence(
    line: tuple[str, str, str], says: str, world: World
) -> None:
    """And stands in the form as it was typed."""
    column, test, value = line
    form = form_of(world, sent(rows_column=[column], rows_test=[test], rows_value=[value]))
    assert says in str(form.errors["rows"])
    if len(value) < 100:
        assert f'value="{value}"' in str(form["rows"])


def test_columns_are_ticked(world: World) -> None:
    """In the order of the table; one that is not there is refused."""
    form = form_of(world, sent(columns=["line", "day"]))
    assert set(form.cleaned_data["columns"]) == {"line", "day"}
    assert "columns" in form_of(world, sent(columns=["nothing"])).errors


def test_a_form_shows_what_a_listing_has(world: World, page_of: PageClients) -> None:
    """Ticks, and a line for each condition with two more below; saved as it is, it stays."""
    terms = Terms(
        **(
            given.OFFER.terms.as_json()
            | {"columns": ("day", "line"), "rows": (["line", "in", [1, 2]],)}
        )
    )
    listing = given.drafted(world, terms=terms)
    address = reverse("listing_revise", args=[listing.pk])
    page = page_of("officer").get(address)
    form = page.context["form"]
    assert form["columns"].value() == ["day", "line"]
    html = page.content.decode()
    assert html.count('name="rows-column"') == 3
    assert 'value="1, 2"' in html
    names = [column.name for column in columns_of(listing.revision.version)]
    assert all(f'value="{name}"' in html for name in names)
