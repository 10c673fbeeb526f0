"""Messages reach a real receiver, signed, at least once, and one that is slow holds up no other."""

from __future__ import annotations

import socket
from collections.abc import Mapping
from datetime import timedelta
from threading import Event, Thread
from typing import Any

import pytest
from django.urls import reverse
from standardwebhooks import Webhook, WebhookVerificationError

from marketplace.core import clock
from marketplace.core.errors import Invalid, NotAllowed
from marketplace.ledger.models import Entry
from marketplace.notices.models import Notice
from marketplace.outbound import posting, schedule
from marketplace.outbound.endpoint.models import Endpoint
from marketplace.outbound.endpoint.services import (
    allowed,
    close_endpoint,
    enable_endpoint,
    forget_old_secrets,
    rotate_secret,
)
from marketplace.outbound.message.models import Message, Try
from marketplace.outbound.message.sending import sent
from marketplace.outbound.message.services import (
    keep_outcome,
    resend_message,
    send_due_messages,
    take_message,
)
from marketplace.outbound.posting import PostError, post, target_of
from tests.conftest import PageClients
from tests.given.pipeline import catch_up
from tests.given.receivers import (
    WORKER,
    Received,
    posting_to,
    receiving,
    registered,
    told,
)
from tests.given.world import World


def outcomes() -> list[tuple[int | None, str]]:
    """Return the status and the code of each try, the first one first."""
    return [(each.status, each.code) for each in Try.objects.order_by("created_at", "number")]


def answering(status: int, body: bytes = b"", **headers: str) -> Any:
    """Return an answer to everything."""
    return lambda _received: (status, body, headers)


def test_the_official_library_verifies(world: World) -> None:
    """Id, time and body are signed; whatever is changed no longer verifies, nor by another."""
    with receiving() as receiver:
        revealed = registered(world, address=receiver.address)
        [message] = told(world)
        assert send_due_messages(by=WORKER) == 1
    [received] = receiver.all()
    found = Webhook(revealed.secret).verify(received.body, dict(received.headers))
    assert found["type"] == "revision.live"
    assert found["data"] == {"revision": 2, "名": "班次"}
    assert (received.path, received.id) == ("/hook?of=centre", message.webhook_id)
    assert received.headers["content-type"] == "application/json"
    tampered: list[tuple[bytes, Mapping[str, str]]] = [
        (received.body.replace(b"2", b"3"), {}),
        (received.body, {"webhook-id": "msg_other"}),
        (received.body, {"webhook-timestamp": str(int(received.headers["webhook-timestamp"]) + 1)}),
    ]
    for body, changes in tampered:
        with pytest.raises(WebhookVerificationError):
            Webhook(revealed.secret).verify(body, {**received.headers, **changes})
    other = registered(world, address="https://hooks.example.org/other")
    with pytest.raises(WebhookVerificationError):
        Webhook(other.secret).verify(received.body, dict(received.headers))
    message.refresh_from_db()
    assert message.state == "delivered"


def test_a_replaced_secret_signs_beside_the_new_one_for_a_day(world: World) -> None:
    """And no longer; the one before it not at all. What is kept of it is destroyed."""
    with receiving() as receiver:
        first = registered(world, address=receiver.address)
        second = rotate_secret(first.endpoint.pk, by=world.actor("buyer"))
        third = rotate_secret(first.endpoint.pk, by=world.actor("second_buyer"))
        assert len({first.secret, second.secret, third.secret}) == 3
        told(world)
        send_due_messages(by=WORKER)
        [received] = receiver.all()
        for secret in (second.secret, third.secret):
            Webhook(secret).verify(received.body, dict(received.headers))
        with pytest.raises(WebhookVerificationError):
            Webhook(first.secret).verify(received.body, dict(received.headers))
        assert forget_old_secrets(by=WORKER) == 0
        with clock.stopped_at(clock.now() + schedule.OLD_SECRET_FOR):
            told(world, "a day later")
            send_due_messages(by=WORKER)
            assert forget_old_secrets(by=WORKER) == 1
    [received] = receiver.all()
    assert len(received.headers["webhook-signature"].split()) == 1
    kept = Endpoint.objects.get()
    assert (bytes(kept.wrapped_secret_before), kept.secret_before_until) == (b"", None)


def test_a_worker_killed_before_it_noted_the_answer(world: World) -> None:
    """The message comes again once the lease is over, and not before, by the same id."""
    with receiving() as receiver:
        registered(world, address=receiver.address)
        told(world)
        taken = take_message(by=WORKER)
        assert taken is not None
        sent(taken, allowed())
        # Here it is killed. Nobody else takes the message while it might live.
        assert send_due_messages(by=WORKER) == 0
        with clock.stopped_at(clock.now() + schedule.LEASE):
            assert send_due_messages(by=WORKER) == 1
        first, second = receiver.all()
        assert (first.id, first.body) == (second.id, second.body)
        # The one that was taken for dead is told to have delivered after all: nothing changes.
        keep_outcome(taken.try_id, outcome=sent(taken, allowed()), by=WORKER)
    assert Message.objects.get().state == "delivered"
    assert outcomes() == [(204, ""), (204, "")]


def test_a_slow_endpoint_holds_up_no_other(world: World) -> None:
    """All of the other's messages arrive while the first still waits for its answer."""
    released = Event()
    arrived: list[object] = []

    def slow(_received: Received) -> tuple[int, bytes, Mapping[str, str]]:
        released.wait(30)
        return 204, b"", {}

    with receiving() as tarrying, receiving() as quick:
        tarrying.answering = slow
        registered(world, address=tarrying.address)
        registered(world, "stranger", address=quick.address)
        for number in range(3):
            told(world, f"buyer {number}")
            told(world, f"stranger {number}", person="stranger")

        def wait_for_the_quick_one() -> None:
            arrived.extend(quick.taken.get(timeout=20) for _number in range(3))
            # One connection, however much waits for the slow one.
            arrived.append(tarrying.taken.qsize())
            released.set()

        watching = Thread(target=wait_for_the_quick_one)
        watching.start()
        assert send_due_messages(by=WORKER) == 6
        watching.join()
    assert arrived[3:] == [1]
    assert Message.objects.filter(state="delivered").count() == 6


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        (answering(500, b"<script>alert(1)</script>\x00\n" * 40), (500, "refused")),
        (answering(302, Location="https://169.254.169.254/"), (302, "redirected")),
        (answering(401), (401, "refused")),
        (answering(204), (204, "")),
    ],
)
def test_answers(
    answer: Any, expected: tuple[int, str], world: World, page_of: PageClients
) -> None:
    """Only 2xx counts. The beginning of an answer is kept short, and shown as text."""
    with receiving() as receiver:
        receiver.answering = answer
        registered(world, address=receiver.address)
        [message] = told(world)
        send_due_messages(by=WORKER)
        assert len(receiver.all()) == 1
    assert outcomes() == [expected]
    kept = Try.objects.get()
    assert len(kept.answer) <= 200
    assert "\x00" not in kept.answer
    page = page_of("buyer").get(reverse("message_detail", args=[message.pk])).content.decode()
    assert "<script>alert(1)" not in page
    assert ("&lt;script&gt;alert(1)" in page) == (expected[0] == 500)


def test_it_is_tried_again_until_it_is_given_up(world: World) -> None:
    """By the schedule that the page states; then the endpoint is disabled, and its people told."""
    now = clock.now()
    with posting_to(1):
        revealed = registered(world, address="https://127.0.0.1:1/")
        told(world)
        for pause in (timedelta(0), *schedule.RETRIES):
            now += pause
            # Each time two seconds after it is due, so that the endpoint has rested as well.
            with clock.stopped_at(now + schedule.RESTS[-1]):
                assert send_due_messages(by=WORKER) == 1
                assert send_due_messages(by=WORKER) == 0
            now += schedule.RESTS[-1]
    message = Message.objects.get()
    assert (message.state, message.attempts) == ("given_up", 10)
    endpoint = Endpoint.objects.get()
    assert (endpoint.state, endpoint.disabled_code) == ("disabled", "connection-refused")
    assert Entry.objects.filter(kind="outbound.endpoint_disabled").count() == 1
    catch_up()
    people = Notice.objects.filter(kind="webhook_disabled").values_list("person__email", flat=True)
    assert {email.partition("@")[0] for email in people} == {"buyer", "second_buyer"}
    assert told(world, "while it is disabled") == []
    enable_endpoint(revealed.endpoint.pk, by=world.actor("buyer"))
    with receiving() as receiver, clock.stopped_at(now):
        Endpoint.objects.update(address=receiver.address)
        resend_message(message.pk, by=world.actor("buyer"))
        assert send_due_messages(by=WORKER) == 1
        assert [each.id for each in receiver.all()] == [message.webhook_id]
    message.refresh_from_db()
    assert message.state == "delivered"


def test_what_is_gone_is_disabled_at_once(world: World) -> None:
    """410 is the receiver's own word."""
    with receiving() as receiver:
        receiver.answering = answering(410)
        registered(world, address=receiver.address)
        told(world)
        send_due_messages(by=WORKER)
    assert Endpoint.objects.get().disabled_code == "gone"


def test_one_answer_ends_a_row_of_failures(world: World) -> None:
    """An endpoint that failed rests, and one that takes a message is as good as new."""
    with receiving() as receiver:
        receiver.answering = answering(503)
        registered(world, address=receiver.address)
        told(world)
        send_due_messages(by=WORKER)
        endpoint = Endpoint.objects.get()
        assert (endpoint.failures, endpoint.failing_since is None) == (1, False)
        receiver.answering = answering(200)
        with clock.stopped_at(clock.now() + schedule.RETRIES[0]):
            assert send_due_messages(by=WORKER) == 1
    endpoint.refresh_from_db()
    assert (endpoint.failures, endpoint.failing_since) == (0, None)


def test_resending_by_a_click(world: World, page_of: PageClients) -> None:
    """By the same id; what is about to be sent anyway is not sent twice for it."""
    with receiving() as receiver:
        registered(world, address=receiver.address)
        [message] = told(world)
        address = reverse("message_resend", args=[message.pk])
        assert page_of("buyer").post(address).status_code == 409
        send_due_messages(by=WORKER)
        assert page_of("buyer").post(address).status_code == 302
        assert send_due_messages(by=WORKER) == 1
        first, second = receiver.all()
    assert (first.id, first.body) == (second.id, second.body)
    page = page_of("buyer").get(reverse("message_detail", args=[message.pk])).content.decode()
    assert page.count("Taken") == 2


def test_what_is_closed_is_told_nothing(world: World) -> None:
    """Not what waited for it either, and no secret of it is left."""
    with receiving() as receiver:
        revealed = registered(world, address=receiver.address)
        told(world)
        close_endpoint(revealed.endpoint.pk, by=world.actor("buyer"))
        assert send_due_messages(by=WORKER) == 0
        assert told(world, "later") == []
        assert receiver.all() == []
    assert bytes(Endpoint.objects.get().wrapped_secret) == b""


def test_people_send_nothing(world: World) -> None:
    """The worker alone takes messages, and says how they went."""
    for call in (send_due_messages, take_message, forget_old_secrets):
        with pytest.raises(NotAllowed):
            call(by=world.actor("administrator"))


@pytest.mark.parametrize(
    "address",
    [
        *("https://127.0.0.1/", "https://[::1]/", "https://localhost/", "https://169.254.169.254/"),
        *("https://10.0.0.1/", "https://[fd00::1]/", "https://[::ffff:127.0.0.1]/"),
        *("https://100.64.0.1/", "https://0.0.0.0/"),
    ],
)
def test_nothing_inside_is_posted_to(address: str, world: World) -> None:
    """By default the public addresses alone: the try ends before anything is connected to.

    An address that is written as such is not even registered; what settings allowed before is.
    """
    if address != "https://localhost/":
        with pytest.raises(Invalid) as refused:
            registered(world, address=address)
        assert set(refused.value.fields) == {"address"}
        assert not Endpoint.objects.exists()
    registered(world, address="https://hooks.example.org/")
    Endpoint.objects.update(address=address)
    told(world)
    assert send_due_messages(by=WORKER) == 1
    assert outcomes() == [(None, "refused-address")]


def test_a_name_that_leads_elsewhere_by_the_time_of_the_message(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is resolved for each try, once; what was checked is what is dialled."""
    answers = ["127.0.0.1", "8.8.8.8"]
    asked: list[str] = []
    real = socket.getaddrinfo

    def resolve(host: Any, port: Any, *rest: Any, **options: Any) -> Any:
        if host != "hooks.example.org":
            return real(host, port, *rest, **options)
        asked.append(host)
        return real(answers[len(asked) - 1], port, *rest, **options)

    with receiving() as receiver:
        port = target_of(receiver.address).port
        registered(world, address=f"https://hooks.example.org:{port}/")
        told(world)
        monkeypatch.setattr(socket, "getaddrinfo", resolve)
        send_due_messages(by=WORKER)
        assert receiver.all() == []
    # The certificate is of another name: the receiver was dialled, and is not believed.
    assert outcomes() == [(None, "tls-untrusted")]
    assert asked == ["hooks.example.org"]


def test_no_proxy_of_the_environment(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever starts the worker leads no message elsewhere."""
    for name in ("https_proxy", "HTTPS_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    with receiving() as receiver:
        registered(world, address=receiver.address)
        told(world)
        send_due_messages(by=WORKER)
    assert outcomes() == [(204, "")]


@pytest.mark.parametrize(
    ("written", "code"),
    [
        (b"HTTP/1.1 200 OK\r\nX-Slow: ", "silent"),
        (b"", "silent"),
        (b"SSH-2.0-OpenSSH_9.6\r\n", "unreadable"),
        (b"HTTP/1.1 200 OK\r\n" + b"X-Large: " + b"a" * 70_000 + b"\r\n\r\n", "unreadable"),
        (b"HTTP/1.1 100 Continue\r\n\r\n" * 50, "silent"),
    ],
)
def test_what_answers_badly_is_bounded(written: bytes, code: str) -> None:
    """In time and size, also where a byte now and then keeps a connection alive."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        port = listening.getsockname()[1]
        ends = Event()

        def serve() -> None:
            connection, _address = listening.accept()
            with connection:
                connection.recv(4096)
                connection.sendall(written)
                try:
                    while code == "silent" and not ends.wait(0.05):
                        connection.sendall(b"a")
                    connection.shutdown(socket.SHUT_WR)
                    connection.recv(1)
                except OSError:
                    return

        server = Thread(target=serve)
        server.start()
        with pytest.raises(PostError) as refused:
            post(
                target_of(f"http://127.0.0.1:{port}/"),
                b"{}",
                {},
                at="127.0.0.1",
                context=None,
                seconds=0.5,
            )
        ends.set()
        server.join()
    assert refused.value.code == code


def test_a_large_answer_is_read_to_its_beginning(world: World) -> None:
    """The rest is not waited for."""
    with receiving() as receiver:
        receiver.answering = answering(200, b"a" * 5_000_000)
        registered(world, address=receiver.address)
        told(world)
        send_due_messages(by=WORKER)
    assert outcomes() == [(200, "")]
    assert posting.MOST_ANSWER_BYTES < 5_000_000


def test_without_encryption_nothing_is_sent(world: World) -> None:
    """A receiver that speaks plain HTTP behind an https address learns nothing."""
    with receiving(tls=False) as receiver:
        registered(world, address=receiver.address.replace("http:", "https:"))
        told(world)
        send_due_messages(by=WORKER)
        assert receiver.all() == []
    assert outcomes() == [(None, "tls-missing")]
