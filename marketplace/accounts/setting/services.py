"""One administrator proposes a setting, another confirms it; and any of them announces."""

import hashlib
from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any
from uuid import UUID

from django.core.cache import cache
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marketplace.accounts.organization.models import Organization
from marketplace.accounts.roles import OrganizationKind
from marketplace.accounts.setting import rules
from marketplace.accounts.setting.events import (
    AnnouncementEnded,
    AnnouncementMade,
    SettingConfirmed,
    SettingDropped,
    SettingProposed,
)
from marketplace.accounts.setting.models import Announcement, CentreSetting, SettingKind
from marketplace.accounts.setting.selectors import (
    SHOWN_NOW,
    announcements_run_by,
    settings_visible_to,
)
from marketplace.accounts.setting.states import SETTING, SettingState
from marketplace.core import Actor, Invalid, WrongState, clock, locked, longest_of
from marketplace.core.arguments import Choice, Day, Moment, Number, Reason, Text, reason_of
from marketplace.ledger.services.recording import record

KIND = Choice(label=gettext_lazy("What is set"), choices=SettingKind, is_laid_out=True)
RATE = Number(
    label=gettext_lazy("Share of the price"),
    help=gettext_lazy("Of a fee: 0.02 is two per cent."),
    digits=5,
    places=4,
    least=Decimal(0),
    most=Decimal(1),
)
FIRST_DAY = Day(
    label=gettext_lazy("First day"),
    help=gettext_lazy("Of a fee: contracts drawn up from this day on pay it, those before do not."),
)
ACCOUNT = Text(
    label=gettext_lazy("Bank account"),
    help=gettext_lazy("Of a bank account: holder, bank and number, as buyers are to read them."),
    longest=longest_of(CentreSetting, "account"),
)
WHY = Reason(
    label=gettext_lazy("Reason and evidence"),
    help=gettext_lazy(
        "What it rests on: a resolution, a decision of the regulator, with date and number."
    ),
    longest=longest_of(CentreSetting),
    lines=2,
)
WHY_REFUSED = reason_of(CentreSetting, "answer")
TEXT = Text(label=gettext_lazy("Text in English"), longest=longest_of(Announcement, "text"))
TEXT_CHINESE = Text(
    label=gettext_lazy("Text in Chinese"), longest=longest_of(Announcement, "text_chinese")
)
UNTIL = Moment(label=gettext_lazy("Shown until"))


@transaction.atomic
def propose_setting(
    *,
    kind: Annotated[str, KIND],
    rate: Annotated[Decimal | None, RATE] = None,
    effective_on: Annotated[date | None, FIRST_DAY] = None,
    account: Annotated[str, ACCOUNT] = "",
    reason: Annotated[str, WHY],
    by: Actor,
) -> CentreSetting:
    """Propose the centre's fee or bank account, which another administrator confirms.

    The same again changes nothing.

    Raises:
        NotAllowed: the actor is no administrator of the centre.
        WrongState: another of this kind waits (`setting-waiting`).
        Invalid: there is no reason, or it is no such value (`setting-invalid`).
    """
    person_id = rules.check_administers(None, by)
    _lock_centre()
    value = rules.checked_value(kind, rate, account, effective_on)
    waiting = CentreSetting.objects.filter(kind=kind, state=SettingState.OPEN).first()
    if waiting is not None:
        if (waiting.rate, waiting.account, waiting.effective_on) == value:
            return waiting
        raise WrongState(
            _("Another one waits for a second administrator. Confirm or drop it first."),
            code="setting-waiting",
        )
    setting = CentreSetting.objects.create(
        kind=kind,
        rate=value[0],
        account=value[1],
        effective_on=value[2],
        reason=WHY.given(reason),
        proposed_by_id=person_id,
    )
    record(SettingProposed(**_told(setting)), by=by)
    return setting


@transaction.atomic
def confirm_setting(setting_id: UUID, *, by: Actor) -> CentreSetting:
    """Confirm a setting as the second administrator.

    A fee holds for contracts that are drawn up from its first day on, a bank account from now on.

    Raises:
        NotFound: there is no such setting among those the actor may see.
        NotAllowed: the actor is no administrator, or proposed it.
        WrongState: it is decided, or the first day of a fee has come (`setting-too-late`).
    """
    setting = locked(settings_visible_to(by), pk=setting_id)
    rules.check_confirm_setting(setting, by)
    SETTING.move(setting, SettingState.CONFIRMED)
    setting.decided_by_id, setting.decided_at = by.person_id, clock.now()
    setting.save(update_fields=["state", "decided_by_id", "decided_at"])
    record(SettingConfirmed(**_told(setting)), by=by)
    return setting


@transaction.atomic
def drop_setting(
    setting_id: UUID, *, reason: Annotated[str, WHY_REFUSED], by: Actor
) -> CentreSetting:
    """Drop a setting that waits, as either administrator, with a reason.

    Raises:
        NotFound: there is no such setting among those the actor may see.
        NotAllowed: the actor is no administrator of the centre.
        WrongState: it is decided.
        Invalid: there is no reason.
    """
    setting = locked(settings_visible_to(by), pk=setting_id)
    rules.check_drop_setting(setting, by)
    SETTING.move(setting, SettingState.DROPPED)
    setting.answer = WHY_REFUSED.given(reason)
    setting.decided_at = clock.now()
    setting.save(update_fields=["state", "answer", "decided_at"])
    record(SettingDropped(subject=_subject(setting), setting=setting.kind), by=by)
    return setting


@transaction.atomic
def announce(
    *,
    text: Annotated[str, TEXT],
    text_chinese: Annotated[str, TEXT_CHINESE],
    until: Annotated[datetime, UNTIL],
    by: Actor,
) -> Announcement:
    """Announce something on every page, in both languages, until a moment.

    The same again changes nothing.

    Raises:
        NotAllowed: the actor is no administrator of the centre.
        Invalid: a text is missing or too long, or its end has passed (`announcement-over`).
    """
    person_id = rules.check_administers(None, by)
    _lock_centre()
    said = {"text": _said("text", text), "text_chinese": _said("text_chinese", text_chinese)}
    if until <= clock.now():
        sentence = _("Give an end that is still to come.")
        raise Invalid(sentence, code="announcement-over", fields={"until": [sentence]})
    same = Announcement.objects.filter(**said, until=until, ended_at=None).first()
    if same is not None:
        return same
    announcement = Announcement.objects.create(**said, until=until, made_by_id=person_id)
    record(
        AnnouncementMade(
            subject=f"announcement:{announcement.pk}",
            text_sha256=hashlib.sha256("\n".join(said.values()).encode()).hexdigest(),
            until=until.isoformat(),
        ),
        by=by,
    )
    _show_anew()
    return announcement


@transaction.atomic
def end_announcement(announcement_id: UUID, *, by: Actor) -> Announcement:
    """Take an announcement down before its end. Again it changes nothing.

    Raises:
        NotFound: there is no such announcement.
        NotAllowed: the actor is no administrator of the centre.
        WrongState: it is over by itself.
    """
    announcement = locked(announcements_run_by(by), pk=announcement_id)
    rules.check_end_announcement(announcement, by)
    if announcement.ended_at is not None:
        return announcement
    announcement.ended_at = clock.now()
    announcement.save(update_fields=["ended_at"])
    record(AnnouncementEnded(subject=f"announcement:{announcement.pk}"), by=by)
    _show_anew()
    return announcement


def _lock_centre() -> None:
    """Let one of these acts happen at a time."""
    centre = Organization.objects.get(kind=OrganizationKind.CENTRE)
    locked(Organization.objects.all(), pk=centre.pk)


def _show_anew() -> None:
    transaction.on_commit(lambda: cache.delete(SHOWN_NOW))


def _said(field: str, text: str) -> str:
    text = " ".join(text.split())
    if not 0 < len(text) <= longest_of(Announcement, field):
        sentence = _("Say it in one or two sentences, in each of the two languages.")
        raise Invalid(sentence, fields={field: [sentence]})
    return text


def _told(setting: CentreSetting) -> dict[str, Any]:
    digest = hashlib.sha256(setting.account.encode()).hexdigest()
    return {
        "subject": _subject(setting),
        "setting": setting.kind,
        "value": digest if setting.rate is None else str(setting.rate),
        "effective_on": setting.effective_on.isoformat() if setting.effective_on else "",
    }


def _subject(setting: CentreSetting) -> str:
    return f"centre_setting:{setting.pk}"
