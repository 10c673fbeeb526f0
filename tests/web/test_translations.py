"""The command that keeps translations, over a small tree of its own."""

from __future__ import annotations

import gettext
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.utils import translation

CODE = '''\
"""An app."""
from django.utils import translation
from django.utils.translation import gettext as _, gettext_lazy, ngettext, pgettext
LAZY = gettext_lazy("Dataset")
def say(name, count, sentence):
    _("Hello, %(name)s."
      " Welcome.") % {"name": name}
    ngettext("%(count)d row", "%(count)d rows", count) % {"count": count}
    pgettext("of a case", "Open")
    translation.gettext("From the module")
    return _(sentence)
'''
PAGE = """\
{% load i18n %}
{# Braces and quotes that are no code: "(' #}
  <p title="{% translate "A title" %}">it's (</p>
      {% blocktranslate with name=thing.name trimmed %}
        Sold to {{ name }},
        who paid.
      {% endblocktranslate %}
    {% blocktranslate count n=rows %}{{ n }} seat{% plural %}{{ n }} seats{% endblocktranslate %}
{% translate "May" context "month" %} {{ value|default:_("none yet") }} {% translate '单引号' %}
"""


def run(root: Path, mode: str, *apps: str) -> str:
    out = StringIO()
    call_command("translations", mode, *apps, root=root, stdout=out, stderr=out)
    return out.getvalue()


def refused(root: Path) -> str:
    out = StringIO()
    with pytest.raises(CommandError):
        call_command("translations", "--check", root=root, stdout=out, stderr=out)
    return out.getvalue()


def catalog(root: Path, app: str) -> Path:
    return root / "marketplace" / app / "locale" / "zh_Hans" / "LC_MESSAGES" / "django.po"


def translate(root: Path, app: str, original: str, translation: str) -> None:
    """Put a translation into the file, as a translator would."""
    path = catalog(root, app)
    before = path.read_text(encoding="utf-8")
    assert f'{original}"\nmsgstr ""' in before
    after = before.replace(f'{original}"\nmsgstr ""', f'{original}"\nmsgstr "{translation}"')
    path.write_text(after, encoding="utf-8")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Return a repository with one app, `web`, and a folder that belongs to no app."""
    for app in ("web", "shop", "core"):
        (tmp_path / "marketplace" / app).mkdir(parents=True)
        (tmp_path / "marketplace" / app / "__init__.py").touch()
    (tmp_path / "marketplace" / "shop" / "views.py").write_text(CODE, encoding="utf-8")
    migrations = tmp_path / "marketplace" / "shop" / "migrations"
    migrations.mkdir()
    (migrations / "0001_initial.py").write_text(CODE.replace("Dataset", "Migrated"))
    (tmp_path / "templates" / "shop").mkdir(parents=True)
    (tmp_path / "templates" / "shop" / "page.html").write_text(PAGE, encoding="utf-8")
    (tmp_path / "templates" / "account").mkdir()
    (tmp_path / "templates" / "account" / "login.html").write_text(
        '{% load i18n %}{% translate "Sign in" %}'
    )
    (tmp_path / "templates" / "base.html").write_text('{% load i18n %}{% translate "Menu" %}')
    (tmp_path / "marketplace" / "core" / "errors.py").write_text(
        'from django.utils.translation import gettext as tell\ntell("Not here.")\n'
    )
    return tmp_path


@pytest.fixture
def small(root: Path) -> Path:
    """Return a repository with three translated and compiled messages, all of `web`."""
    (root / "marketplace" / "shop" / "views.py").unlink()
    (root / "templates" / "shop" / "page.html").unlink()
    run(root, "--extract")
    translate(root, "web", 'msgid "Menu', "菜单")
    translate(root, "web", 'msgid "Not here.', "不在这里。")
    translate(root, "web", 'msgid "Sign in', "登录")
    run(root, "--compile")
    return root


def test_extracts_every_form_from_code_and_pages(root: Path) -> None:
    run(root, "--extract")
    text = catalog(root, "shop").read_text(encoding="utf-8")
    for line in (
        'msgid "Dataset"',
        'msgid "Hello, %(name)s. Welcome."',
        'msgid "%(count)d row"\nmsgid_plural "%(count)d rows"\nmsgstr[0] ""',
        'msgctxt "of a case"\nmsgid "Open"',
        'msgid "From the module"',
        'msgid "A title"',
        'msgid "Sold to %(name)s, who paid."',
        'msgid "%(n)s seat"\nmsgid_plural "%(n)s seats"',
        'msgctxt "month"\nmsgid "May"',
        'msgid "none yet"',
        'msgid "单引号"',
    ):
        assert line in text
    assert text.count("\nmsgid ") == 12
    assert "Migrated" not in text


def test_what_belongs_to_no_app_is_translated_in_web(root: Path) -> None:
    run(root, "--extract")
    text = catalog(root, "web").read_text(encoding="utf-8")
    assert [line for line in text.splitlines() if line.startswith("msgid ")][1:] == [
        'msgid "Menu"',
        'msgid "Not here."',
        'msgid "Sign in"',
    ]
    assert not catalog(root, "core").exists()


def test_extracting_again_changes_no_byte_and_keeps_translations(small: Path) -> None:
    before = catalog(small, "web").read_bytes()
    run(small, "--extract")
    assert catalog(small, "web").read_bytes() == before
    assert "菜单" in before.decode()
    assert b"POT-Creation-Date" not in before


def test_what_is_compiled_can_be_read(small: Path) -> None:
    with catalog(small, "web").with_suffix(".mo").open("rb") as file:
        translations = gettext.GNUTranslations(file)
    assert translations.gettext("Sign in") == "登录"


def test_a_plural_is_compiled_with_its_single_chinese_form(root: Path) -> None:
    run(root, "--extract", "shop")
    path = catalog(root, "shop")
    text = path.read_text(encoding="utf-8")
    path.write_text(
        text.replace('rows"\nmsgstr[0] ""', 'rows"\nmsgstr[0] "%(count)d 行"'), encoding="utf-8"
    )
    run(root, "--compile", "shop")
    with path.with_suffix(".mo").open("rb") as file:
        translations = gettext.GNUTranslations(file)
    assert translations.ngettext("%(count)d row", "%(count)d rows", 7) == "%(count)d 行"


def test_complete_translations_pass(small: Path) -> None:
    assert "complete" in run(small, "--check")


def test_a_new_message_is_named(small: Path) -> None:
    (small / "templates" / "404.html").write_text('{% load i18n %}{% translate "Gone" %}')
    assert "web: 'Gone' is not in the catalog." in refused(small)


def test_a_message_without_translation_is_named(small: Path) -> None:
    (small / "templates" / "404.html").write_text('{% load i18n %}{% translate "Gone" %}')
    run(small, "--extract")
    assert "web: 'Gone' is not translated." in refused(small)


def test_a_message_that_is_used_no_longer_is_named_and_extracted_away(small: Path) -> None:
    (small / "templates" / "base.html").unlink()
    assert "web: 'Menu' is no longer used." in refused(small)
    run(small, "--extract")
    assert "Menu" not in catalog(small, "web").read_text(encoding="utf-8")


def test_an_obsolete_or_fuzzy_message_is_named(small: Path) -> None:
    path = catalog(small, "web")
    text = path.read_text(encoding="utf-8").replace('msgid "Menu"', '#, fuzzy\nmsgid "Menu"')
    path.write_text(text + '\n#~ msgid "Old"\n#~ msgstr "旧"\n', encoding="utf-8")
    answer = refused(small)
    assert "web: 'Menu' is marked fuzzy." in answer
    assert "web: 'Old' is obsolete." in answer


@pytest.mark.parametrize("wrong", ["去 %(place)s", "去", "去 %(name)s %(name)s"])
def test_a_translation_with_other_placeholders_is_named(small: Path, wrong: str) -> None:
    (small / "templates" / "404.html").write_text(
        "{% load i18n %}{% blocktranslate %}Go to {{ name }}{% endblocktranslate %}"
    )
    run(small, "--extract")
    translate(small, "web", 'msgid "Go to %(name)s', wrong)
    run(small, "--compile")
    assert "web: 'Go to %(name)s' and its translation differ in" in refused(small)


def test_a_changed_translation_must_be_compiled(small: Path) -> None:
    path = catalog(small, "web")
    path.write_text(path.read_text(encoding="utf-8").replace("菜单", "目录"), encoding="utf-8")
    assert "web: the .mo file is not up to date." in refused(small)
    path.with_suffix(".mo").unlink()
    assert "web: the .mo file is not up to date." in refused(small)


def test_two_apps_must_agree_on_a_translation(small: Path) -> None:
    (small / "templates" / "shop" / "page.html").write_text('{% load i18n %}{% translate "Menu" %}')
    run(small, "--extract")
    translate(small, "shop", 'msgid "Menu', "菜谱")
    run(small, "--compile")
    assert "Menu is translated differently in shop and web." in refused(small)


@pytest.mark.parametrize("message", ['f"{name} sold"', '"sold " + name', '"a" if name else "b"'])
def test_a_message_put_together_in_code_is_refused(small: Path, message: str) -> None:
    (small / "marketplace" / "shop" / "views.py").write_text(
        f"from django.utils.translation import gettext as _\n_({message})\n"
    )
    with pytest.raises(CommandError, match=r"marketplace/shop/views.py:2: a message must be one"):
        run(small, "--extract")


def test_an_unknown_app_is_named(small: Path) -> None:
    with pytest.raises(CommandError, match="There is no app shpo"):
        run(small, "--extract", "shpo")


def test_a_page_that_django_could_not_read_is_named(small: Path) -> None:
    (small / "templates" / "404.html").write_text(
        "{% load i18n %}{% blocktranslate %}{% if x %}{% endif %}{% endblocktranslate %}"
    )
    with pytest.raises(CommandError, match=r"templates/404\.html"):
        run(small, "--extract")


def test_what_nobody_translated_yet_is_shown_in_english() -> None:
    """A page can be written before its Chinese; `--check` asks for it in `make test`."""
    sentence = "Nobody has translated this sentence yet."
    with translation.override("zh-hans"):
        assert translation.gettext(sentence) == sentence
