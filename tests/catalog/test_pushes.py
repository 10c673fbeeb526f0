"""What programs send is a version whole or not at all, and bounded before it is computed with."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.test import override_settings
from django.urls import reverse

from marketplace.accounts.person.selectors import names_of
from marketplace.accounts.token.services import create_token
from marketplace.catalog.dataset.models import Dataset
from marketplace.catalog.feed.models import Arrival, Feed
from marketplace.catalog.feed.services import end_feed, keep_feeds
from marketplace.catalog.push import services
from marketplace.catalog.push.models import Push, PushPart
from marketplace.catalog.push.services import (
    LASTS,
    cancel_push,
    commit_push,
    expire_pushes,
    send_bytes,
    send_rows,
)
from marketplace.catalog.version.models import DatasetVersion
from marketplace.catalog.version.selectors import latest_source_version
from marketplace.catalog.version.services import destroy_raw
from marketplace.core import clock
from marketplace.core.errors import Invalid, NotAllowed, WrongState
from marketplace.pipeline.due import DUE
from marketplace.pipeline.models import SetAside
from marketplace.preparation.run.models import Run, RunKind
from marketplace.vault.incoming import encrypt_stream
from marketplace.vault.models import StoredFile
from tests.conftest import ApiClients, PageClients
from tests.given import pushes as given
from tests.given.catalog import source_version, uploaded_version
from tests.given.client import quoted
from tests.given.pipeline import catch_up
from tests.given.sources import SYSTEM
from tests.given.state import changed_tables, kept_rows
from tests.given.threads import at_once
from tests.given.world import World

FIRST = {1: "a", 2: "b", 3: "c"}


def sent(world: World, *parts: tuple[str, list[Any]], **how: Any) -> Push:
    """Send parts, each with its act, and commit them."""
    push = given.opened(world, **how)
    officer = world.actor("officer")
    for number, (act, rows) in enumerate(parts, start=1):
        send_rows(push.pk, number=number, act=act, rows=rows, by=officer)
    return commit_push(push.pk, by=officer)


def dataset_of(push: Push) -> Dataset:
    """Return whose data it is."""
    return push.feed.dataset


def test_rows_take_the_place_of_those_with_their_key(world: World) -> None:
    """The last word on a key counts; the version is the whole table, and the day has come."""
    push = sent(
        world,
        ("put", [given.row(2), given.row(4)]),
        ("delete", [{"number": 1}, {"number": 9}]),
        ("put", [given.row(4, "newer")]),
    )
    assert given.content_of(dataset_of(push)) == {2: "new", 3: "c", 4: "newer"}
    arrival = Arrival.objects.get(version=push.version)
    assert (arrival.feed, arrival.held) == (push.feed, "")
    assert [part.file.removed_at is not None for part in PushPart.objects.all()] == [True] * 3


def test_the_whole_table_is_what_was_sent(world: World) -> None:
    """In its order, though a key stands nowhere."""
    push = sent(
        world, ("put", [given.row(7)]), ("put", [given.row(8, None, None)]), mode="whole", key=[]
    )
    assert given.content_of(dataset_of(push)) == {7: "new", 8: None}


def test_nothing_new_fills_the_day_that_waits(world: World) -> None:
    """No version comes of it, and it is not late."""
    feed = given.sent_to(world)
    with clock.stopped_at(clock.now() + timedelta(days=1)):
        keep_feeds(by=SYSTEM)
    before = source_version(feed.dataset)
    push = sent(world, ("put", [given.row(1, "a", "2026-01-01")]), feed=feed)
    assert push.version == before
    assert Arrival.objects.get().same_as == before
    # What goes back to what it was is a version of its own.
    sent(world, ("delete", [{"number": 3}]), feed=feed)
    back = sent(world, ("put", [given.row(3, "c", "2026-01-03")]), feed=feed)
    assert given.content_of(feed.dataset) == FIRST
    assert back.version != before


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ("text", "it is no JSON object."),
        ({"number": 4}, "column “opened” is missing"),
        (given.row(4) | {"other": 1}, "there is no column “other”."),
        (given.row("four"), "“number”"),
        (given.row(4.5), "“number”"),
        (given.row(True), "“number”"),
        (given.row("1e999999999"), "“number”"),
        (given.row(4, 5), "“stop”"),
        (given.row(4, ["a"]), "“stop”"),
        (given.row(4, "a\x00"), "“stop”"),
        (given.row(4, opened="tomorrow"), "“opened”"),
        (given.row(4, opened=20260101), "“opened”"),
    ],
)
def test_a_row_that_is_none_is_told(world: World, row: Any, why: str) -> None:
    """With its number and column; nothing of the part is kept."""
    push = given.opened(world)
    kept = kept_rows()
    with pytest.raises(Invalid) as refused:
        send_rows(push.pk, number=1, rows=[given.row(3), row], by=world.actor("officer"))
    assert refused.value.code == "row-refused"
    assert "Row 2: " in refused.value.sentence
    assert why in refused.value.sentence
    assert changed_tables(kept) == []


def test_a_part_counts_once(world: World) -> None:
    """Sent again it changes nothing; another under its number, or out of order, is refused."""
    officer = world.actor("officer")
    push = given.begun(world)
    kept = kept_rows()
    send_rows(push.pk, number=1, rows=[given.row(4)], by=officer)
    for number, code in ((1, "part-differs"), (3, "part-out-of-order")):
        with pytest.raises(WrongState) as refused:
            send_rows(push.pk, number=number, rows=[given.row(5)], by=officer)
        assert refused.value.code == code
    with pytest.raises(Invalid) as differs:
        commit_push(push.pk, rows=2, by=officer)
    assert differs.value.code == "push-differs"
    assert changed_tables(kept) == []
    assert commit_push(push.pk, rows=1, by=officer).version is not None


def test_keys_have_to_tell_rows_apart(world: World) -> None:
    """A part without a key's value is refused when it is committed; nothing is kept of it."""
    officer = world.actor("officer")
    push = given.opened(world)
    send_rows(push.pk, number=1, rows=[given.row(None)], by=officer)
    kept = kept_rows()
    with pytest.raises(Invalid) as refused:
        commit_push(push.pk, by=officer)
    assert refused.value.code == "key-empty"
    assert changed_tables(kept) == []


@pytest.mark.parametrize("where", ["keep_part", "keep_push"])
@pytest.mark.parametrize("is_after", [False, True])
def test_a_killed_server_loses_nothing_and_doubles_nothing(
    world: World, monkeypatch: pytest.MonkeyPatch, where: str, is_after: bool
) -> None:
    """Killed before or after a part or the commit is kept, the sender sends the same again."""

    class Killed(BaseException):
        """Stands for a kill: nothing of ours catches it."""

    keep = getattr(services, where)

    def killed(*args: Any, **options: Any) -> None:
        if is_after:
            keep(*args, **options)
        raise Killed

    officer, push = world.actor("officer"), given.opened(world)
    acts: list[Callable[[], Any]] = [
        lambda: send_rows(push.pk, number=1, rows=[given.row(4)], by=officer),
        lambda: send_rows(push.pk, number=2, rows=[given.row(5)], by=officer),
        lambda: commit_push(push.pk, rows=2, by=officer),
    ]
    for act in acts:
        with monkeypatch.context() as patched:
            patched.setattr(services, where, killed)
            with suppress(Killed):
                act()
        act()
    assert given.content_of(dataset_of(push)) == FIRST | {4: "new", 5: "new"}
    assert Arrival.objects.count() == 1


@pytest.mark.usefixtures("committed_database")
def test_of_six_commits_at_once_one_becomes_a_version() -> None:
    world = World()
    push = given.begun(world)
    before = DatasetVersion.objects.count()
    at_once(6, lambda number: commit_push(push.pk, by=world.actor("officer")))
    assert DatasetVersion.objects.count() == before + 1


def test_changes_are_not_put_onto_other_data(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """Other data may come while they are applied: they are applied anew."""
    push = given.begun(world)
    officer = world.actor("officer")

    def late(*args: Any, **options: Any) -> Any:
        monkeypatch.undo()
        uploaded_version(world, dataset_of(push), table="number,stop,opened\n7,u,2026-05-05\n")
        return services.keep_push(*args, **options)

    monkeypatch.setattr(services, "keep_push", late)
    with pytest.raises(WrongState) as refused:
        commit_push(push.pk, by=officer)
    assert refused.value.code == "base-changed"
    commit_push(push.pk, by=officer)
    assert given.content_of(dataset_of(push)) == {4: "new", 7: "u"}


def test_what_nobody_commits_is_dropped(world: World) -> None:
    """By the loop, with its bytes; it cannot be committed then, nor after its time was over."""
    push = given.begun(world)
    officer = world.actor("officer")
    assert expire_pushes in {due.act for due in DUE}
    with pytest.raises(NotAllowed):
        expire_pushes(by=officer)
    assert expire_pushes(by=SYSTEM) == 0
    with clock.stopped_at(push.expires_at + timedelta(seconds=1)):
        with pytest.raises(WrongState) as refused:
            commit_push(push.pk, by=officer)
        assert refused.value.code == "push-expired"
        assert expire_pushes(by=SYSTEM) == 1
        assert expire_pushes(by=SYSTEM) == 0
    push.refresh_from_db()
    assert push.state == "expired"
    assert push.created_at + LASTS <= push.expires_at + timedelta(seconds=1)
    assert StoredFile.objects.filter(purpose="part", removed_at=None).count() == 0


def test_what_is_sent_is_bounded(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """In rows, bytes, parts and how many things are sent at a time."""
    officer = world.actor("officer")
    feed = given.sent_to(world)
    push = given.opened(world, feed)
    many = [given.row(number) for number in range(services.MOST_ROWS_A_PART + 1)]
    with pytest.raises(Invalid):
        send_rows(push.pk, number=1, rows=many, by=officer)
    for setting, most in (("UPLOAD_MAX_ROWS", 1), ("UPLOAD_MAX_BYTES", 10)):
        with override_settings(CENTRE={**settings.CENTRE, setting: most}):
            with pytest.raises(Invalid) as refused:
                send_rows(push.pk, number=1, rows=many[:2], by=officer)
            assert refused.value.code == "too-large"
    monkeypatch.setitem(settings.CENTRE, "OPEN_PUSHES", 3)
    for _number in range(2):
        given.opened(world, feed)
    with pytest.raises(WrongState) as too_many:
        given.opened(world, feed)
    assert too_many.value.code == "too-many-open"
    cancel_push(push.pk, by=officer)
    given.opened(world, feed)


def test_bad_input_is_told_at_its_field(world: World) -> None:
    """Nothing of it opens a push."""
    feed = given.sent_to(world)
    cases: list[tuple[dict[str, Any], str]] = [
        ({"kind": "stream"}, "kind"),
        ({"mode": "some"}, "mode"),
        ({"key": []}, "key"),
        ({"key": ["nowhere"]}, "key"),
        ({"kind": "file", "mode": "whole", "length": 0}, "length"),
        ({"kind": "file", "mode": "changes", "length": 5}, "mode"),
    ]
    for how, field in cases:
        with pytest.raises(Invalid) as refused:
            given.opened(world, feed, **how)
        assert list(refused.value.fields) == [field]
    assert not Push.objects.exists()


def test_data_of_before_has_to_be_there(world: World) -> None:
    """Where its raw data is destroyed, a file with the whole table is what can be sent."""
    push = given.opened(world)
    version = source_version(dataset_of(push))
    destroy_raw(version.pk, by=world.actor("officer"))
    with pytest.raises(WrongState) as refused:
        send_rows(push.pk, number=1, rows=[given.row(4)], by=world.actor("officer"))
    assert refused.value.code == "base-destroyed"


def test_a_feed_that_was_ended_takes_nothing(world: World) -> None:
    """What was begun before is not committed into it."""
    push = given.begun(world)
    end_feed(dataset_of(push).pk, by=world.actor("officer"))
    with pytest.raises(WrongState) as refused:
        commit_push(push.pk, by=world.actor("officer"))
    assert refused.value.code == "no-feed"


# The addresses: rows one a line, and files by tus.

FILE = b"number,stop,opened\n11,x,2026-03-01\n12,y,2026-03-02\n"
TUS = {"Tus-Resumable": "1.0.0"}


def test_rows_come_one_a_line(world: World, api_of: ApiClients) -> None:
    """With number and act in the query; a line that is no JSON is told by its number."""
    push = given.opened(world)
    address = reverse("api_send_rows", args=[push.pk])
    lines = "".join(json.dumps(given.row(number)) + "\n" for number in (4, 5))
    officer = api_of("officer")

    def post(body: str, query: str, key: str) -> Any:
        return officer.generic(
            "POST",
            f"{address}?{query}",
            body,
            content_type="application/x-ndjson",
            headers={"Idempotency-Key": quoted(key)},
        )

    answer = post(lines, "number=1", "a")
    assert (answer.status_code, answer.json()["rows"]) == (200, 2), answer.content
    assert post(lines, "number=1", "a").json()["rows"] == 2
    assert post(lines, "number=1", "b").json()["rows"] == 2
    broken = post('{"number": 6}\n{broken\n', "number=2", "c")
    assert broken.status_code == 400
    assert "Line 2 is no JSON" in broken.json()["detail"]
    deep = post("[" * 100 + "]" * 100, "number=2", "d")
    assert deep.status_code == 400
    gone = post('{"number": 1}\n', "number=2&act=delete", "e")
    assert gone.status_code == 200, gone.content
    done = officer.post(
        reverse("api_commit_push", args=[push.pk]),
        {"rows": 3},
        format="json",
        headers={"Idempotency-Key": quoted("f")},
    )
    assert done.status_code == 200, done.content
    assert given.content_of(dataset_of(push)) == {2: "b", 3: "c", 4: "new", 5: "new"}


class Sender:
    """Sends a file by tus."""

    def __init__(self, client: Any, dataset: Dataset) -> None:
        self.client, self.dataset = client, dataset
        name = base64.b64encode(b"stops.csv").decode()
        answer = client.post(
            reverse("api_uploads", args=[dataset.pk]),
            headers={**TUS, "Upload-Length": str(len(FILE)), "Upload-Metadata": f"filename {name}"},
        )
        assert answer.status_code == 201, answer.content
        self.address = answer["Location"].removeprefix("http://testserver")
        self.push = Push.objects.get()

    def patch(self, offset: int, content: bytes, **headers: str) -> Any:
        """Send bytes at an offset."""
        told = {**TUS, "Upload-Offset": str(offset), **headers}
        return self.client.generic(
            "PATCH",
            self.address,
            content,
            content_type="application/offset+octet-stream",
            headers=told,
        )

    def offset(self) -> int:
        """Ask how many bytes have come."""
        answer = self.client.head(self.address, headers=TUS)
        assert answer["Upload-Length"] == str(len(FILE))
        assert "no-store" in answer["Cache-Control"]
        return int(answer["Upload-Offset"])


def checksum(content: bytes, algorithm: str = "sha256") -> str:
    """Return the header of a digest."""
    return f"{algorithm} {base64.b64encode(hashlib.new(algorithm, content).digest()).decode()}"


def test_a_file_goes_on_where_it_broke_off(world: World, api_of: ApiClients) -> None:
    """An offset that is another, or a digest, is refused, and nothing of the part is kept."""
    sender = Sender(api_of("officer"), given.sent_to(world).dataset)
    assert sender.patch(0, FILE[:20], **{"Upload-Checksum": checksum(FILE[:20])}).status_code == 204
    assert sender.offset() == 20
    assert sender.patch(0, FILE[:20]).status_code == 409
    wrong = sender.patch(20, FILE[20:30], **{"Upload-Checksum": checksum(b"other", "sha1")})
    assert wrong.status_code == 460
    assert sender.patch(20, FILE[20:] + b"more").status_code == 413
    assert sender.offset() == 20
    with pytest.raises(WrongState) as incomplete:
        commit_push(sender.push.pk, by=world.actor("officer"))
    assert incomplete.value.code == "push-incomplete"
    assert sender.patch(20, FILE[20:])["Upload-Offset"] == str(len(FILE))
    with pytest.raises(Invalid) as differs:
        commit_push(sender.push.pk, sha256="0" * 64, by=world.actor("officer"))
    assert differs.value.code == "push-differs"
    digest = hashlib.sha256(FILE).hexdigest()
    push = commit_push(sender.push.pk, sha256=digest, by=world.actor("officer"))
    assert given.content_of(sender.dataset) == {11: "x", 12: "y"}
    assert push.version is not None
    assert push.version.upload_sha256 == digest


@pytest.mark.parametrize(
    ("header", "value", "status"),
    [
        ("Tus-Resumable", "0.2.2", 412),
        ("Upload-Offset", "-1", 400),
        ("Upload-Checksum", "md5 AAAA", 400),
        ("Upload-Checksum", "sha256 ???", 400),
    ],
)
def test_what_is_no_tus_is_told(
    world: World, api_of: ApiClients, header: str, value: str, status: int
) -> None:
    sender = Sender(api_of("officer"), given.sent_to(world).dataset)
    assert sender.patch(0, FILE, **{header: value}).status_code == status
    assert sender.offset() == 0


def test_a_file_can_be_dropped(world: World, api_of: ApiClients) -> None:
    """And what is understood is told."""
    officer = api_of("officer")
    sender = Sender(officer, given.sent_to(world).dataset)
    sender.patch(0, FILE[:5])
    told = officer.options(sender.address)
    assert told["Tus-Version"] == "1.0.0"
    assert "checksum" in told["Tus-Extension"]
    assert officer.delete(sender.address, headers=TUS).status_code == 204
    assert sender.patch(5, FILE[5:]).status_code == 409
    huge = officer.post(
        reverse("api_uploads", args=[sender.dataset.pk]),
        headers={**TUS, "Upload-Length": str(10**12)},
    )
    assert huge.status_code == 413


def test_a_token_that_sends_does_nothing_else(world: World, client: Any) -> None:
    """And one that trades does not send."""
    feed = given.sent_to(world)
    for scope, statuses in (("send", (201, 403)), ("trade", (403, 200))):
        made = create_token(
            name=scope, days=1, scopes=frozenset({scope}), by=world.actor("officer")
        )
        headers = {
            "Authorization": f"Bearer {made.secret}",
            "Idempotency-Key": quoted(scope),
        }
        sends = client.post(
            reverse("api_open_push", args=[feed.dataset_id]),
            {"kind": "rows"},
            content_type="application/json",
            headers=headers,
        )
        ends = client.post(
            reverse("api_end_feed", args=[feed.dataset_id]),
            content_type="application/json",
            headers=headers | {"Idempotency-Key": quoted(f"{scope} ends")},
        )
        assert (sends.status_code, ends.status_code) == statuses


def test_the_page_shows_what_is_sent_and_by_whom(world: World, page_of: PageClients) -> None:
    """Open ones with a button that drops them."""
    push = given.begun(world)
    officer = page_of("officer")
    address = reverse("dataset_feed", args=[dataset_of(push).pk])
    shown = officer.get(address).content.decode()
    assert names_of([push.opened_by_id])[push.opened_by_id] in shown
    assert reverse("push_cancel", args=[push.pk]) in shown
    commit_push(push.pk, by=world.actor("officer"))
    assert reverse("push_cancel", args=[push.pk]) not in officer.get(address).content.decode()
    assert reverse("push_cancel", args=[push.pk]) not in (
        page_of("reviewer").get(address).content.decode()
    )


# What has other columns is as if it had never come.


def sent_file(world: World, feed: Feed, content: bytes) -> Push:
    """Send a file with the whole table, and commit it."""
    how: dict[str, Any] = {"kind": "file", "mode": "whole", "key": [], "length": len(content)}
    push, officer = given.opened(world, feed, name="stops.csv", **how), world.actor("officer")
    send_bytes(push.pk, offset=0, incoming=encrypt_stream([content]), by=officer)
    return commit_push(push.pk, by=officer)


def test_changes_are_applied_to_the_last_good_table(world: World) -> None:
    """Those that were sent before the wrong one came, and those after it; no row is lost."""
    feed, officer = given.sent_to(world), world.actor("officer")
    begun = given.opened(world, feed)
    send_rows(begun.pk, number=1, rows=[given.row(4)], by=officer)
    wrong = sent_file(world, feed, b"number,stop,driver\n7,u,Li\n").version
    assert wrong is not None
    assert wrong.is_set_aside
    commit_push(begun.pk, by=officer)
    assert given.content_of(feed.dataset) == FIRST | {4: "new"}
    sent(world, ("put", [given.row(5)]), ("delete", [{"number": 1}]), feed=feed)
    assert given.content_of(feed.dataset) == {2: "b", 3: "c", 4: "new", 5: "new"}
    assert list(Arrival.objects.exclude(held="").values_list("version", flat=True)) == [wrong.pk]


def test_what_newer_data_overtook_needs_nobody(world: World) -> None:
    """Of twenty commits that come quickly the last is profiled, and nothing is put aside."""
    feed = given.sent_to(world)
    catch_up()
    before = SetAside.objects.count()
    for number in range(20):
        push = given.opened(world, feed)
        send_rows(push.pk, number=1, rows=[given.row(100 + number)], by=world.actor("officer"))
        commit_push(push.pk, by=world.actor("officer"))
    catch_up()
    new = SetAside.objects.order_by("created_at")[before:]
    assert [row for row in new if row.reaction == "profile_arrived"] == []
    newest = latest_source_version(feed.dataset)
    assert newest is not None
    assert Run.objects.filter(version=newest, kind=RunKind.PROFILE).exists()
