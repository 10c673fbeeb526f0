"""Which files people may show each other, and that nothing of them is ever run or drawn."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.conf import settings
from django.urls import reverse

from marketplace.core.errors import Invalid
from marketplace.rights.hearing.services import attach_exhibit
from marketplace.rights.objection.models import Exhibit
from marketplace.vault.models import Purpose, StoredFile
from marketplace.vault.places import vault_folder
from marketplace.vault.services import store_stream
from tests.conftest import PageClients
from tests.given.vault import upload
from tests.given.world import World
from tests.rights.reached import objection

PDF, PNG = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", b"\x89PNG\r\n\x1a\n\x00\x00"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


@pytest.mark.parametrize(
    ("name", "content"),
    [
        *(
            ("licence.pdf", PDF),
            ("SEAL.PNG", PNG),
            ("scan.tif", b"II*\x00"),
            ("a.docx", b"PK\x03\x04"),
        ),
        *(("contract.txt", b"Vertrag Nr. 7"), ("合同.txt", "第七号合同".encode("gb18030"))),
    ],
)
def test_papers_are_taken(world: World, name: str, content: bytes) -> None:
    """By what their first bytes are."""
    case = objection(world)
    shown = attach_exhibit(case.pk, upload=upload(content, name=name), by=world.actor("officer"))
    assert shown.file.name == name


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        *(("run.exe", b"MZ\x90", "paper-kind"), ("paper", PDF, "paper-kind")),
        *(("page.html", b"<html>", "paper-kind"), ("seal.svg", SVG, "paper-kind")),
        *(("seal.png", SVG, "paper-differs"), ("paper.pdf", b"MZ\x90\x00", "paper-differs")),
        *(("page.txt", b" <!DOCTYPE html>", "paper-differs"), ("x.txt", PDF, "paper-differs")),
        *(
            ("run.txt", b"MZ\x90\x00\x03", "paper-differs"),
            ("a.docx", b"\xd0\xcf", "paper-differs"),
        ),
    ],
)
def test_what_is_no_paper_is_refused(world: World, name: str, content: bytes, code: str) -> None:
    """By its name, or because its content is something else; nothing is kept."""
    case, before = objection(world), StoredFile.objects.count()
    with pytest.raises(Invalid) as refused:
        attach_exhibit(case.pk, upload=upload(content, name=name), by=world.actor("officer"))
    assert refused.value.code == code
    assert "upload" in refused.value.fields
    assert (StoredFile.objects.count(), Exhibit.objects.count()) == (before, 0)


def test_a_file_is_downloaded_and_never_shown(world: World, page_of: PageClients) -> None:
    """As bytes of no kind, under a name that stays one value of its header."""
    case = objection(world)
    name = 'a"; x=\r\nSet-Cookie: y=1; 合同.txt'
    shown = attach_exhibit(case.pk, upload=upload("Ours", name=name), by=world.actor("stranger"))
    answer = page_of("officer").get(reverse("exhibit_download", args=[case.pk, shown.pk]))
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["X-Content-Type-Options"] == "nosniff"
    disposition = answer["Content-Disposition"]
    assert disposition.startswith("attachment; filename*=utf-8''a%22%3B%20x%3DSet-Cookie")
    assert disposition.isascii()
    assert "\r" not in disposition
    assert "y" not in answer.cookies


def test_no_name_says_where_a_file_lies(world: World) -> None:
    """Its place is made of a number that the centre draws."""
    for name in ("../../../settings.py", "/etc/passwd", "..\\..\\x.txt", "a\x00b"):
        file = store_stream(
            [b"x"],
            name=name,
            purpose=Purpose.DOCUMENT,
            organization_id=world.organization("officer").pk,
            content_type="text/plain",
            by=world.actor("officer"),
        )
        assert file.path == f"{file.pk.hex[:2]}/{file.pk.hex}"
        assert (vault_folder() / file.path).resolve().is_relative_to(vault_folder().resolve())


def test_no_address_leads_into_the_folder_of_files(world: World, page_of: PageClients) -> None:
    """Neither as a file of the site nor as a program."""
    listed = [each[-1] if isinstance(each, tuple) else each for each in settings.STATICFILES_DIRS]
    for folder in (settings.STATIC_ROOT, *listed):
        assert not vault_folder().is_relative_to(Path(str(folder)).resolve())
    assert settings.MEDIA_ROOT == ""
    assert not hasattr(settings, "WHITENOISE_ROOT")
