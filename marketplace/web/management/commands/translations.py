"""`manage.py translations`: extract, compile or check the Chinese translations."""

from collections import defaultdict
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from marketplace.web.catalogs import (
    catalog_path,
    compiled,
    faults_of,
    read_catalog,
    update_catalog,
    write_catalog,
)
from marketplace.web.extraction import NotExtractable, apps_of, messages_of


class Command(BaseCommand):
    """Keep the catalogs in step with code and templates, without the gettext tools."""

    help = "Extract messages into the catalogs, compile the catalogs, or check both."

    def add_arguments(self, parser: CommandParser) -> None:
        mode = parser.add_mutually_exclusive_group(required=True)
        mode.add_argument("--extract", action="store_true", help="bring the .po files up to date")
        mode.add_argument("--compile", action="store_true", help="write the .mo files")
        mode.add_argument("--check", action="store_true", help="exit 1 when anything is missing")
        parser.add_argument("apps", nargs="*", metavar="APP", help="these apps only")
        parser.add_argument("--root", type=Path, default=settings.BASE_DIR, help="the repository")

    def handle(self, *args: Any, **options: Any) -> None:
        root: Path = options["root"]
        apps = apps_of(root)
        if unknown := sorted(set(options["apps"]) - set(apps)):
            raise CommandError(
                f"There is no app {', '.join(unknown)}; there are {', '.join(apps)}."
            )
        chosen = options["apps"] or apps
        if options["compile"]:
            self._compile(chosen, root)
            return
        try:
            if options["extract"]:
                self._extract(chosen, root)
            else:
                self._check(chosen, root)
        except NotExtractable as problem:
            raise CommandError(str(problem)) from problem

    def _extract(self, apps: list[str], root: Path) -> None:
        for app in apps:
            path = catalog_path(app, root)
            found = messages_of(app, root)
            if not found and not path.exists():
                continue
            catalog = update_catalog(read_catalog(path), found)
            write_catalog(catalog, path)
            missing = sum(1 for message in catalog if message.id and not any(message.string or ""))
            self.stdout.write(f"{app}: {len(catalog)} messages, {missing} not translated")

    def _compile(self, apps: list[str], root: Path) -> None:
        for app in apps:
            path = catalog_path(app, root)
            if path.exists():
                path.with_suffix(".mo").write_bytes(compiled(read_catalog(path)))
                self.stdout.write(f"{app}: compiled")

    def _check(self, apps: list[str], root: Path) -> None:
        faults: list[str] = []
        translations: dict[tuple[str, str], dict[str, list[str]]] = defaultdict(
            lambda: defaultdict(list)
        )
        for app in apps:
            path = catalog_path(app, root)
            catalog = read_catalog(path)
            faults.extend(faults_of(app, catalog, messages_of(app, root), path.with_suffix(".mo")))
            for message in catalog:
                if message.id and message.string:
                    key = (str(message.id), message.context or "")
                    translations[key][str(message.string)].append(app)
        # Django merges the catalogs of all apps: of two translations only one is ever shown.
        faults.extend(
            f"{id} is translated differently in"
            f" {' and '.join(', '.join(apps) for apps in different.values())}. Agree on one, or"
            " tell them apart by pgettext."
            for (id, _context), different in sorted(translations.items())
            if len(different) > 1
        )
        for fault in faults:
            self.stderr.write(fault)
        if faults:
            raise CommandError(f"The translations have {len(faults)} faults.")
        self.stdout.write(f"The translations of {len(apps)} apps are complete.")
