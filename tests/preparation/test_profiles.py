"""Profiles show nobody who may not see the rows a value that points to a person."""

from __future__ import annotations

import pytest
from django.urls import reverse

from marketplace.catalog.version.models import DatasetVersion
from marketplace.preparation.run.models import RunKind
from marketplace.preparation.study.models import Study
from marketplace.preparation.study.services import start_comparison
from tests.conftest import PageClients
from tests.given import preparation as given
from tests.given.world import World
from tests.preparation.test_studies import done

pytestmark = pytest.mark.django_db

NAMES = ("张伟", "李娜", "王芳", "欧阳修远")
MOBILES = ("13803876301", "15104809244", "18652649794", "17712345678")
NICKNAMES = ("moonbeam", "daisy", "tiger", "sparrow")
PERSONS = "name,mobile,nick,age,town,line\n" + "".join(
    f"{NAMES[row % 4]},{MOBILES[row % 4]},{NICKNAMES[row % 4]},{97 if row == 7 else 30 + row % 9},"
    f"{'Gulangyu' if row == 3 else 'Xiamen'},{row % 3}\n"
    for row in range(80)
)
ROUTES = ("preparation_detail", "policy_confirm", "comparison_detail", "api_list_findings")
PERSONAL = (*NAMES, *MOBILES, "Gulangyu", ">97<", "– 97")


def seen(page_of: PageClients, role: str, version: DatasetVersion) -> str:
    """Return all that somebody is shown of a version's columns, in pages and by the API."""
    client = page_of(role)
    answers = [client.get(reverse(route, kwargs={"pk": version.pk})) for route in ROUTES]
    assert answers[0].status_code == 200
    return "".join(one.content.decode() for one in answers if one.status_code == 200)


@pytest.mark.parametrize("role", ["reviewer", "auditor", "officer"])
def test_pages_show_no_value_of_a_person(role: str, world: World, page_of: PageClients) -> None:
    version = given.classified_version(world, table=PERSONS)
    shown = seen(page_of, role, version)
    assert [one for one in PERSONAL if one in shown] == []
    assert "Xiamen" in shown
    # The officer knows what no detector does: from then on it is shown no more.
    assert "moonbeam" in shown
    nick = {"role": "direct", "mask": "drop"}
    document = given.policy_document(version, nick=nick, mobile="pseudonym")
    made = given.masked(world, version, document=document)
    done(start_comparison(version.pk, masked=[made.pk], by=world.actor("officer")))
    shown = seen(page_of, role, version)
    assert [one for one in (*PERSONAL, *NICKNAMES) if one in shown] == []
    study = Study.objects.get(run__kind=RunKind.COMPARE)
    assert study.answer["compared"][0]["histograms"]["mobile"] == []
    assert study.answer["compared"][0]["histograms"]["town"]
