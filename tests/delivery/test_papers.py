"""The papers of a trade: whole, checked by a stranger's program, whatever became of the offer."""

from __future__ import annotations

import io
import json
import shlex
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from marketplace.core.errors import NotFound
from marketplace.delivery.dossier.selectors import SHOWN_RECEIPTS, archive_of, papers_of
from marketplace.delivery.grant.events import GrantAmended
from marketplace.delivery.grant.services import open_download
from marketplace.ledger import published
from marketplace.ledger.selectors import entries_about
from marketplace.ledger.services.recording import record
from marketplace.trading.listings.publication.services import withdraw_listing
from marketplace.trading.orders.delivery.services import accept_delivery
from marketplace.trading.orders.order.models import Order
from tests.conftest import ApiClients, PageClients
from tests.delivery.conftest import sent
from tests.given import delivery, learning
from tests.given import trading as given
from tests.given.pipeline import catch_up
from tests.given.world import World
from tests.plugins.clock import clock_alone


def completed(world: World) -> Order:
    """Return a finished trade with everything certified and sealed."""
    grant = delivery.granted(world)
    for piece in open_download(grant.pk, byte_range=None, by=world.actor("buyer")).pieces():
        assert piece
    accept_delivery(grant.order_id, by=world.actor("buyer"))
    catch_up()
    return Order.objects.get(pk=grant.order_id)


def unpacked(content: bytes, folder: Path) -> Path:
    """Write an archive into a folder."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        archive.extractall(folder)
    return folder


def commands(folder: Path) -> list[list[str]]:
    """Return what the archive says checks it."""
    lines = (folder / "README.txt").read_text(encoding="utf-8").splitlines()
    return [shlex.split(line)[1:] for line in lines if line.startswith("python verify.py")]


def checked(folder: Path, command: list[str]) -> subprocess.CompletedProcess[str]:
    """Run the program of the archive in its folder, without anything of ours around it."""
    return subprocess.run(
        [sys.executable, "-I", *command],
        cwd=folder,
        env=clock_alone(),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_a_stranger_checks_all_of_it(world: World, tmp_path: Path) -> None:
    """By the commands that the archive names, with its own program; every one answers VERIFIED."""
    order = completed(world)
    folder = unpacked(b"".join(archive_of(order.pk, by=world.actor("buyer"))), tmp_path)
    names = {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}
    assert {
        *("sheet.json", "codebook.json", "terms.jsonld", "contract.json", "right.json"),
        *("risk.json", "valuation.json", "delivery.json", "verify.py", "trust.json"),
        *("README.txt", "SHA256SUMS"),
    } <= names
    asked = commands(folder)
    assert len(asked) >= 5 + 8
    for command in asked:
        answer = checked(folder, command)
        assert answer.returncode == 0, (command, answer.stdout, answer.stderr)
        assert "VERIFIED" in answer.stdout
    sums = subprocess.run(
        ["sha256sum", "--check", "--strict", "SHA256SUMS"],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    assert sums.returncode == 0, sums.stdout


def test_an_altered_paper_is_refused(world: World, tmp_path: Path) -> None:
    """Each of the signed ones, at one character."""
    order = completed(world)
    folder = unpacked(b"".join(archive_of(order.pk, by=world.actor("buyer"))), tmp_path)
    for command in commands(folder):
        paper = folder / command[1]
        whole = paper.read_bytes()
        place = whole.index(b'"') if paper.suffix == ".json" else whole.rindex(b"\n") - 3
        paper.write_bytes(whole[: place + 1] + b"#" + whole[place + 2 :])
        assert checked(folder, command).returncode == 1, command
        paper.write_bytes(whole)


def test_it_stays_when_the_offer_is_gone(world: World) -> None:
    """Sheet, codebook, terms, contract and proofs are the same to the byte."""
    order = completed(world)
    by = world.actor("buyer")
    before = {paper.name: paper.sha256 for paper in papers_of(order.pk, by=by).papers}
    withdraw_listing(order.listing_id, reason="Sold out.", by=world.actor("officer"))
    catch_up()
    after = {paper.name: paper.sha256 for paper in papers_of(order.pk, by=by).papers}
    lasting = [name for name in before if "/" not in name and name[0].islower()]
    assert {name: after[name] for name in lasting} == {name: before[name] for name in lasting}


@pytest.mark.parametrize("mode", ["file", "scoring"])
def test_papers_of_a_model_name_no_codebook(mode: str, world: World, page_of: PageClients) -> None:
    """A model is no table: its card says what its features mean."""
    grant = learning.sold(world, mode)
    names = {paper.name for paper in papers_of(grant.order_id, by=world.actor("buyer")).papers}
    assert "sheet.json" in names
    assert "codebook.json" not in names
    page = reverse("order_papers", args=[grant.order_id])
    assert page_of("buyer").get(page).status_code == 200


def test_only_its_sides_and_the_centre_have_it(
    world: World, page_of: PageClients, api_of: ApiClients
) -> None:
    """Nobody else learns that the trade is there."""
    order = given.placed(world)
    for person in ("buyer", "officer", "reviewer", "auditor"):
        papers = papers_of(order.pk, by=world.actor(person)).papers
        assert "trust.json" in {paper.name for paper in papers}
    with pytest.raises(NotFound):
        archive_of(order.pk, by=world.actor("stranger"))
    page = reverse("order_papers", args=[order.pk])
    assert page_of("stranger").get(page).status_code == 404
    assert page_of("buyer").get(page).status_code == 200
    answer = api_of("buyer").get(reverse("api_list_papers", args=[order.pk])).json()
    assert {"name", "group", "title", "size", "sha256"} == set(answer["papers"][0])
    address = reverse("order_paper", args=[order.pk, "trust.json"])
    trust = json.loads(page_of("buyer").get(address).content)
    assert set(trust) == {"issuers", "logs"}
    for name in ("../settings.py", "none.json"):
        assert page_of("buyer").get(f"{page}{name}").status_code == 404


def test_every_receipt_is_in_the_archive(
    world: World, page_of: PageClients, api_of: ApiClients, tmp_path: Path
) -> None:
    """However many: written piece by piece, while page and API say how many they leave out."""
    order = completed(world)
    fact = GrantAmended(subject=f"order:{order.pk}", expires_at="2027-03-31")
    for _each in range(SHOWN_RECEIPTS):
        record(fact, by=given.SYSTEM)
    catch_up()
    by = world.actor("buyer")
    pieces = archive_of(order.pk, by=by)
    read, largest = io.BytesIO(), 0
    for piece in pieces:
        largest = max(largest, read.write(piece))
    folder = unpacked(read.getvalue(), tmp_path)
    receipts = sorted((folder / "receipts").iterdir())
    found, about = papers_of(order.pk, by=by), entries_about(f"order:{order.pk}")
    assert len(receipts) == SHOWN_RECEIPTS + found.receipts_left
    assert found.receipts_left >= 8
    with CaptureQueriesContext(connection) as asked:
        told = list(published.receipts((entry.reference for entry in about), by=by))
    assert len(told) == len(about) > SHOWN_RECEIPTS
    assert len(asked) < 1.2 * len(about), "one for the salt of each, and few for all of them"
    assert largest < read.tell() / 4, "nothing is kept until the end"
    names = {paper.name for paper in found.papers}
    assert not {"README.txt", "SHA256SUMS"} & names
    assert len([name for name in names if name.startswith("receipts/")]) == SHOWN_RECEIPTS
    listed = (folder / "SHA256SUMS").read_text().splitlines()
    assert len(listed) == len([path for path in folder.rglob("*") if path.is_file()]) - 1
    last = f"receipts/{receipts[-1].name}"
    assert checked(folder, ["verify.py", last, "--trust", "trust.json"]).returncode == 0
    page = page_of("buyer").get(reverse("order_papers", args=[order.pk])).content.decode()
    assert f"{found.receipts_left} more stand in the archive" in page
    answer = api_of("buyer").get(reverse("api_list_papers", args=[order.pk])).json()
    assert answer["receipts_left"] == found.receipts_left
    for address in (
        reverse("order_archive", args=[order.pk]),
        reverse("api_get_archive", args=[order.pk]),
    ):
        answer = page_of("buyer").get(address)
        assert answer.streaming
        assert zipfile.is_zipfile(io.BytesIO(sent(answer)))
    one = page_of("buyer").get(reverse("order_paper", args=[order.pk, last]))
    assert one.content == receipts[-1].read_bytes(), "one that no page lists has its address too"
    assert page_of("stranger").get(reverse("order_archive", args=[order.pk])).status_code == 404
