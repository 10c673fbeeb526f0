"""Notices: told once each, read by whom they belong to, worded for whoever reads."""

from __future__ import annotations

import re

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import translation

from marketplace.core.errors import NotAllowed, NotFound
from marketplace.ledger.models import Entry
from marketplace.notices.codes import CODED
from marketplace.notices.kinds import KINDS
from marketplace.notices.models import Notice
from marketplace.notices.selectors import notices_in_order, unread_count
from marketplace.notices.services import email_notice, mark_all_read, mark_notice_read, notify
from marketplace.notices.tasks import send_notice_email
from marketplace.notices.texts import worded
from marketplace.review.models import CaseKind
from tests.conftest import ApiClients, PageClients
from tests.given.notices import PIPELINE, told
from tests.given.world import World

PARAMETERS = {
    "thing": "Bus rides",
    "case_kind": "valuation",
    "due": "decision",
    "day": "2026-11-30",
    "amount": "4,000.00 CNY",
    "number": "3",
}


def test_every_kind_of_case_has_its_words() -> None:
    """No notice says a code where a person reads."""
    assert CODED["case_kind"].keys() == set(CaseKind.values)


def test_everybody_is_told_once(world: World) -> None:
    """The same person twice is one notice; one fact names all notices and no person."""
    officer, colleague = world.person("officer"), world.person("colleague")
    notices = notify(
        people=[officer, colleague, officer],
        kind="order_placed",
        subject="order:1",
        parameters={"thing": "Bus rides"},
        url="/orders/1/",
        by=PIPELINE,
    )
    assert {notice.person_id for notice in notices} == {officer.pk, colleague.pk}
    entry = Entry.objects.filter(kind="notices.people_notified").get()
    assert entry.subject == "order:1"
    assert entry.payload == {
        "notice_kind": "order_placed",
        "notices": [str(notice.pk) for notice in notices],
    }
    assert str(officer.pk) not in str(entry.payload)


def test_nobody_to_tell_leaves_nothing(world: World) -> None:
    """No notice and no fact."""
    before = Entry.objects.count()
    nobody = notify(
        people=[], kind="order_placed", subject="order:1", parameters={}, url="/", by=PIPELINE
    )
    assert nobody == []
    assert Entry.objects.count() == before


def test_people_do_not_write_notices(world: World) -> None:
    """Only the centre's own software does."""
    with pytest.raises(NotAllowed):
        notify(
            people=[world.person("officer")],
            kind="order_placed",
            subject="order:1",
            parameters={},
            url="/",
            by=world.actor("administrator"),
        )
    assert not Notice.objects.exists()


def test_unread_come_first(world: World) -> None:
    """However old they are."""
    first, second, third = (told(world, "officer", thing=name) for name in "abc")
    officer = world.actor("officer")
    mark_notice_read(third.pk, by=officer)
    assert list(notices_in_order(officer)) == [second, first, third]
    assert unread_count(officer) == 2


def test_a_notice_is_read_by_its_person_alone(world: World) -> None:
    """Not even the administrator finds it."""
    notice = told(world, "officer")
    for other in ("administrator", "colleague"):
        with pytest.raises(NotFound):
            mark_notice_read(notice.pk, by=world.actor(other))
    notice.refresh_from_db()
    assert notice.read_at is None


def test_reading_all_leaves_others_theirs(world: World) -> None:
    """And answers how many there were."""
    told(world, "officer")
    told(world, "officer")
    other = told(world, "colleague")
    assert mark_all_read(by=world.actor("officer")) == 2
    assert mark_all_read(by=world.actor("officer")) == 0
    other.refresh_from_db()
    assert other.read_at is None


@pytest.mark.parametrize("language", ["en", "zh-hans"])
@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_has_a_text(kind: str, language: str) -> None:
    """In both languages, with every place filled."""
    with translation.override(language):
        text = worded(kind, PARAMETERS)
    assert text.title
    assert text.body
    assert "%(" not in text.title + text.body
    if language == "zh-hans":
        assert re.search(r"[\u4e00-\u9fff]", text.title)
        assert re.search(r"[\u4e00-\u9fff]", text.body)


def test_texts_need_no_other_parameters() -> None:
    """What a text names, the pipeline gives."""
    for text in KINDS.values():
        named = set(re.findall(r"%\((\w+)\)", f"{text.title}{text.body}"))
        assert named <= set(PARAMETERS)


def test_codes_are_worded() -> None:
    """A code reads as words; an unknown one as it is."""
    assert "Valuation" in worded("case_opened", PARAMETERS).title
    assert "other" in worded("case_opened", PARAMETERS | {"case_kind": "other"}).title
    assert set(CODED) == {"case_kind", "due"}


def test_email_goes_out_once_in_the_receivers_language(world: World) -> None:
    """With an address of the site and nothing secret."""
    person = world.person("officer")
    person.language = "zh-hans"
    person.save(update_fields=["language"])
    notice = told(world, "officer", thing="Bus\nrides")
    send_notice_email(str(notice.pk))
    send_notice_email(str(notice.pk))
    [message] = mail.outbox
    assert message.to == ["officer@example.org"]
    subject = str(message.subject)
    assert re.search(r"[\u4e00-\u9fff]", subject)
    assert "\n" not in subject
    assert reverse("organization_list") in message.body
    notice.refresh_from_db()
    assert notice.emailed_at is not None


def test_what_was_read_is_not_sent(world: World) -> None:
    """Neither is what is gone."""
    notice = told(world, "officer")
    mark_notice_read(notice.pk, by=world.actor("officer"))
    assert not email_notice(notice.pk)
    assert mail.outbox == []


def test_page_opens_what_a_notice_is_about(world: World, page_of: PageClients) -> None:
    """And notes that it was read."""
    notice = told(world, "officer")
    client = page_of("officer")
    shown = client.get(reverse("notice_list")).content.decode()
    assert "Bus rides 2025" in shown
    answer = client.post(reverse("notice_read", kwargs={"pk": notice.pk}))
    assert answer.headers["Location"] == reverse("organization_list")
    assert unread_count(world.actor("officer")) == 0


def test_api_gives_words(world: World, api_of: ApiClients) -> None:
    """In the language that is asked for."""
    told(world, "officer")
    [english] = api_of("officer").get(reverse("api_list_notices")).json()["results"]
    assert english["title"] == "Content review: “Bus rides 2025” is approved"
    [chinese] = (
        api_of("officer")
        .get(reverse("api_list_notices"), headers={"Accept-Language": "zh-hans"})
        .json()["results"]
    )
    assert re.search(r"[\u4e00-\u9fff]", chinese["title"])


def test_page_asks_little(
    world: World, page_of: PageClients, django_assert_max_num_queries: object
) -> None:
    """As many queries for many notices as for one."""
    for name in "abcdefgh":
        told(world, "officer", thing=name)
    client = page_of("officer")
    with django_assert_max_num_queries(7):  # type: ignore[operator]
        client.get(reverse("notice_list"))
