"""A person asks, proves who they are, and is answered; rows leave; what was kept is destroyed."""

import json
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Annotated, Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from desensitize.persons import SHORTEST, is_identifier
from marketplace.catalog.dataset.models import Dataset
from marketplace.catalog.dataset.selectors import last_approved
from marketplace.core import (
    Actor,
    Invalid,
    NotAllowed,
    NotFound,
    clock,
    locked,
    longest_of,
    text_digest,
    workdays,
)
from marketplace.core.arguments import Choice, Names, Reason, Text, reason_of
from marketplace.core.terms import can_settle, has_passed, keep_term, settle_terms
from marketplace.ledger.services.recording import record
from marketplace.preparation.exclusion.services import admit_person, code_person, exclude_person
from marketplace.preparation.recall.services import recall_report
from marketplace.preparation.report.choices import RecallCause
from marketplace.trading.orders.person_request.choices import PersonRequestKind
from marketplace.trading.orders.person_request.events import (
    PersonAnswerPickedUp,
    PersonIdentityDestroyed,
    PersonIdentityProved,
    PersonIdentityRead,
    PersonRemovalConfirmed,
    PersonRequestClosed,
    PersonRequestGranted,
    PersonRequestOverdue,
    PersonRequestReceived,
    PersonRequestRecorded,
    PersonRequestRefused,
    PersonRowsLeft,
    PersonSearchAsked,
    PersonSearched,
)
from marketplace.trading.orders.person_request.models import PersonRequest
from marketplace.trading.orders.person_request.rules import (
    check_answer,
    check_confirm_removal,
    check_grant,
    check_prove_identity,
    check_read_identity,
    check_recording_officer,
)
from marketplace.trading.orders.person_request.selectors import (
    answers_to_destroy,
    centre_id,
    has_left,
    person_request_of,
    person_requests_visible_to,
    recipients_of,
    removals_of,
    requests_to_remind,
    unsearched,
    verdicts_with,
)
from marketplace.trading.orders.person_request.states import (
    PERSON_REQUEST,
    SEARCHED_IN,
    PersonRequestState,
)
from marketplace.trading.orders.recall.selectors import named_data
from marketplace.trading.orders.settlement.references import new_reference
from marketplace.trading.orders.settlement.services import STAGES
from marketplace.vault.models import Purpose, StoredFile
from marketplace.vault.services import open_stored, remove_stored, store_stream

WHY = reason_of(PersonRequest)

# A person asks, by themselves or through an officer of whoever holds the data.

MOST_IDENTIFIERS = 5
LONGEST = {"name": 100, "identifier": 100, "contact": 200, "words": 2000}
NAMED = Text(
    label=gettext_lazy("Which data"),
    help=gettext_lazy(
        "The address of its listing, or the number of its risk report or certificate, such as "
        "RR-202611-0001."
    ),
    longest=200,
)
KIND = Choice(label=gettext_lazy("What you ask"), choices=PersonRequestKind)
NAME = Text(label=gettext_lazy("Your name, as in your identity document"), longest=LONGEST["name"])
IDENTIFIERS = Names(
    label=gettext_lazy("Numbers or addresses of yours, each on a line"),
    help=gettext_lazy(
        "By these your rows are found: the number of your identity document, of your phone, "
        "of a contract, an e-mail address; 1 to 5. You prove that they are yours."
    ),
    most=MOST_IDENTIFIERS,
    longest=LONGEST["identifier"],
    lines=3,
)
CONTACT = Text(
    label=gettext_lazy("How we reach you to prove your identity"),
    help=gettext_lazy("A phone number or an e-mail address."),
    longest=LONGEST["contact"],
)
WORDS = Text(
    label=gettext_lazy("What we should know besides (optional)"),
    longest=LONGEST["words"],
    lines=3,
)
HOW = Reason(
    label=gettext_lazy("How the person proved who they are"),
    help=gettext_lazy(
        "Which kind of document you saw, where and when, for every number that is given. "
        "No number, no name."
    ),
    longest=longest_of(PersonRequest, "how_proved"),
)
BESIDES = Text(
    label=gettext_lazy("What the person should know besides"), longest=longest_of(PersonRequest)
)
REFERENCE = Text(label=gettext_lazy("Reference of the request"), longest=40)
IDENTIFIER = Text(
    label=gettext_lazy("One of the numbers or addresses that you gave"),
    longest=LONGEST["identifier"],
)
JSON = "application/json"


@transaction.atomic
def ask_as_person(
    *,
    named: Annotated[str, NAMED],
    kind: Annotated[str, KIND],
    name: Annotated[str, NAME],
    identifiers: Annotated[Sequence[str], IDENTIFIERS],
    contact: Annotated[str, CONTACT],
    words: Annotated[str, WORDS] = "",
    by: Actor,
) -> PersonRequest:
    """Ask as the person concerned, without an account; it waits for the proof of who they are.

    `named` is a listing or number, as for `named_data`; `identifiers` are numbers or addresses of
    the person that stand in such data. The same again is another request: who knows somebody's
    numbers must not learn by them that there is one.

    Raises:
        Invalid: nothing has that name (`data-unknown`), or a text is missing, too long or too
            short to tell one person from others (`identifier-short`).
    """
    texts = _checked(name, identifiers, contact, words)
    dataset = named_data(named)[0].version.dataset
    request = _kept(dataset, kind, texts, by=by)
    _begin(request, "PERSON_IDENTITY_WORKING_DAYS")
    request.save(force_insert=True)
    record(
        PersonRequestReceived(
            subject=request.subject,
            about=request.concerns,
            asked=request.kind,
            due_on=_day(request),
        ),
        # Whoever is signed in asks as nobody, too.
        by=Actor(door=by.door),
    )
    return request


@transaction.atomic
def ask_for_person(
    *,
    named: Annotated[str, NAMED],
    kind: Annotated[str, KIND],
    name: Annotated[str, NAME],
    identifiers: Annotated[Sequence[str], IDENTIFIERS],
    contact: Annotated[str, CONTACT],
    how_proved: Annotated[str, HOW],
    words: Annotated[str, WORDS] = "",
    by: Actor,
) -> PersonRequest:
    """Record as an officer of the holder what a person asked, who proved their identity there.

    Raises:
        NotAllowed: the actor is no officer of the organization that holds the data.
        Invalid: as for `ask_as_person`; or it is not said how the identity was proved.
    """
    texts = _checked(name, identifiers, contact, words)
    dataset = named_data(named)[0].version.dataset
    person_id = check_recording_officer(dataset, by)
    proof = HOW.given(how_proved, field="how_proved")
    request = _kept(dataset, kind, texts, by=by)
    request.is_through_officer = True
    _prove(request, proof, person_id)
    request.save(force_insert=True)
    record(
        PersonRequestRecorded(subject=request.subject, about=request.concerns, asked=request.kind),
        by=by,
    )
    _follow_proof(request, by=by)
    return request


def _checked(
    name: str, identifiers: Sequence[str], contact: str, words: str
) -> dict[str, str | list[str]]:
    """Return what a person wrote without margins, or refuse it."""
    given = [one.strip() for one in identifiers if one.strip()]
    texts = {"name": name.strip(), "contact": contact.strip(), "words": words.strip()}
    fields: dict[str, list[str]] = {}
    for field in ("name", "contact"):
        if not texts[field]:
            fields[field] = [_("Fill in this field.")]
    for field, text in texts.items():
        if len(text) > LONGEST[field]:
            fields[field] = [_("Shorten this to %(most)d characters.") % {"most": LONGEST[field]}]
    code = ""
    if not 1 <= len(given) <= MOST_IDENTIFIERS or any(
        len(one) > LONGEST["identifier"] for one in given
    ):
        fields["identifiers"] = [
            _("Give 1 to %(most)d numbers or addresses of yours, of at most %(long)d characters.")
            % {"most": MOST_IDENTIFIERS, "long": LONGEST["identifier"]}
        ]
    elif not all(is_identifier(one) for one in given):
        code = "identifier-short"
        fields["identifiers"] = [
            _(
                "A number or address of fewer than %(least)d characters is that of many people. "
                "Give one that is yours alone."
            )
            % {"least": SHORTEST}
        ]
    if fields:
        sentence = _("The request needs corrections. See the fields.")
        raise Invalid(sentence, code=code or "invalid", fields=fields)
    return {**texts, "identifiers": given}


def _kept(dataset: Dataset, kind: str, texts: Mapping[str, Any], *, by: Actor) -> PersonRequest:
    """Return a request that is not saved yet, with who asks in the vault."""
    software = Actor.system(by.door)
    codes = code_person(dataset.pk, identifiers=texts["identifiers"], by=software)
    written = json.dumps(texts, ensure_ascii=False).encode()
    identity = _stored(written, "identity.json", by=software)
    return PersonRequest(
        reference=new_reference(),
        dataset=dataset,
        kind=PersonRequestKind(kind),
        codes=codes,
        identity=identity,
    )


def _stored(content: bytes, name: str, *, by: Actor) -> StoredFile:
    return store_stream(
        [content],
        name=name,
        purpose=Purpose.IDENTITY,
        organization_id=centre_id(),
        content_type=JSON,
        by=by,
    )


def _begin(request: PersonRequest, setting: str) -> None:
    term = workdays.calendar().term(clock.today(), int(settings.CENTRE[setting]))
    keep_term(request, "due_on", term)
    request.reminded = 0


def _day(request: PersonRequest) -> str:
    return request.due_on.isoformat() if request.due_on else ""


# A reviewer of the centre sees who asks.


@transaction.atomic
def read_identity(request_id: UUID, *, by: Actor) -> dict[str, Any]:
    """Return who a person says to be, to the reviewer who compares it with their document.

    Each time it is recorded who read it.

    Raises:
        NotFound: there is no such request among those the actor may see.
        NotAllowed: the actor is no reviewer, or belongs to the holder.
        WrongState: it is proved or closed already.
    """
    request = locked(person_requests_visible_to(by), pk=request_id)
    check_read_identity(request, by)
    record(PersonIdentityRead(subject=request.subject, about=request.concerns), by=by)
    return _read(request.identity)


def _read(file: StoredFile) -> dict[str, Any]:
    with open_stored(file) as stored:
        read: dict[str, Any] = json.loads(stored.read())
    return read


@transaction.atomic
def prove_identity(
    request_id: UUID, *, how_proved: Annotated[str, HOW], by: Actor
) -> PersonRequest:
    """State that the person proved to be who they wrote, with all identifiers; the holder answers.

    From now on no version is made with their rows, where they object or withdraw consent.

    Raises:
        NotFound: there is no such request among those the actor may see.
        NotAllowed: the actor is no reviewer, or belongs to the holder.
        WrongState: it is proved or closed already.
        Invalid: it is not said how.
    """
    request = locked(person_requests_visible_to(by), pk=request_id)
    person_id = check_prove_identity(request, by)
    _prove(
        request,
        HOW.given(how_proved, field="how_proved"),
        person_id,
    )
    request.save()
    _follow_proof(request, by=by)
    return request


def _prove(request: PersonRequest, proof: str, person_id: UUID) -> None:
    PERSON_REQUEST.move(request, PersonRequestState.PROVED)
    request.how_proved, request.proved_by_id, request.proved_at = proof, person_id, clock.now()
    _begin(request, "PERSON_ANSWER_WORKING_DAYS")


def _follow_proof(request: PersonRequest, *, by: Actor) -> None:
    record(
        PersonIdentityProved(subject=request.subject, about=request.concerns, due_on=_day(request)),
        by=by,
    )
    if request.is_removal:
        exclude_person(request.dataset_id, codes=request.codes, cause=request.subject, by=by)
    _ask_search(request, by=by)


def _ask_search(request: PersonRequest, *, by: Actor) -> None:
    record(PersonSearchAsked(subject=request.subject, about=request.concerns), by=by)


@transaction.atomic
def close_unproven(request_id: UUID, *, reason: Annotated[str, WHY], by: Actor) -> PersonRequest:
    """Close a request whose sender did not prove to be the person, with the reason.

    Raises:
        NotFound, NotAllowed, WrongState: as for `prove_identity`.
        Invalid: there is no reason.
    """
    request = locked(person_requests_visible_to(by), pk=request_id)
    check_prove_identity(request, by)
    PERSON_REQUEST.move(request, PersonRequestState.UNPROVEN)
    request.reason = WHY.given(reason)
    request.due_on = None
    record(
        PersonRequestClosed(
            subject=request.subject,
            about=request.concerns,
            reason_sha256=text_digest(request.reason),
        ),
        by=by,
    )
    _destroy(request, keeps_codes=False, by=by)
    return request


# The centre's software looks for the rows.


@transaction.atomic
def keep_search(
    request_id: UUID, *, found: Sequence[Mapping[str, Any]], rows: bytes | None, by: Actor
) -> PersonRequest:
    """Keep where rows of a person were found, and of an access request the rows, encrypted.

    What is not looked for any more is left as it is.

    Raises:
        NotFound: there is no such request.
        NotAllowed: the actor is not the centre's own software.
    """
    _refuse_others(by)
    request = locked(person_requests_visible_to(by), pk=request_id)
    if request.searched_at is not None or request.state not in SEARCHED_IN:
        return request
    request.found, request.searched_at = [dict(one) for one in found], clock.now()
    if rows is not None and not request.is_removal:
        request.copy = _stored(rows, "answer.json", by=by)
    request.save(update_fields=["found", "searched_at", "copy"])
    record(
        PersonSearched(
            subject=request.subject,
            about=request.concerns,
            versions=len(found),
            unread=sum(one["rows"] is None for one in found),
        ),
        by=by,
    )
    return request


@transaction.atomic
def ask_lost_searches(*, by: Actor) -> list[UUID]:
    """Ask again for the searches whose task may be lost; return their requests.

    Raises:
        NotAllowed: the actor is not the centre's own software.
    """
    _refuse_others(by)
    asked = []
    for request_id in list(unsearched(clock.now() - LOST_AFTER)):
        _ask_search(locked(person_requests_visible_to(by), pk=request_id), by=by)
        asked.append(request_id)
    return asked


LOST_AFTER = timedelta(minutes=10)


# The holder answers, and where it grants that rows leave the centre confirms it.


@transaction.atomic
def grant_person_request(
    request_id: UUID, *, reason: Annotated[str, BESIDES] = "", by: Actor
) -> PersonRequest:
    """Grant what a person asks: let them read the answer, or let the centre take their rows out.

    Where rows are to leave they are looked for once more, since data may have come meanwhile.

    Raises:
        NotFound: there is no such request among those the actor may see.
        NotAllowed: the actor is neither the holder's officer nor, once overdue, a reviewer.
        WrongState: it waits for no answer, or its rows are being looked for (`search-running`).
        Invalid: what is added is too long.
    """
    request = locked(person_requests_visible_to(by), pk=request_id)
    person_id = check_grant(request, by)
    if reason.strip():
        request.reason = WHY.given(reason)
    request.decided_by_id, request.decided_at = person_id, clock.now()
    if request.is_removal:
        PERSON_REQUEST.move(request, PersonRequestState.GRANTED)
        request.searched_at = None
        _begin(request, "PERSON_CONFIRM_WORKING_DAYS")
    else:
        PERSON_REQUEST.move(request, PersonRequestState.ANSWERED)
        request.due_on = None
    request.save()
    record(
        PersonRequestGranted(
            subject=request.subject,
            about=request.concerns,
            asked=request.kind,
            due_on=_day(request),
        ),
        by=by,
    )
    if request.is_removal:
        _ask_search(request, by=by)
    return request


@transaction.atomic
def refuse_person_request(
    request_id: UUID, *, reason: Annotated[str, WHY], by: Actor
) -> PersonRequest:
    """Refuse what a person asks, with reasons that they read beside whom to complain to.

    Rows that were left out meanwhile come in again with the next version.

    Raises:
        NotFound, NotAllowed, WrongState: as for `grant_person_request`.
        Invalid: there is no reason.
    """
    request = locked(person_requests_visible_to(by), pk=request_id)
    person_id = check_answer(request, by)
    PERSON_REQUEST.move(request, PersonRequestState.REFUSED)
    request.reason = WHY.given(reason)
    request.decided_by_id, request.decided_at = person_id, clock.now()
    request.due_on = None
    record(
        PersonRequestRefused(
            subject=request.subject,
            about=request.concerns,
            reason_sha256=text_digest(request.reason),
        ),
        by=by,
    )
    admit_person(request.dataset_id, cause=request.subject, by=by)
    _destroy(request, keeps_codes=False, by=by)
    return request


@transaction.atomic
def confirm_removal(request_id: UUID, *, by: Actor) -> PersonRequest:
    """Confirm as the centre that a person's rows leave, and recall the verdicts on data with them.

    What was sold of such data is undone as after any recall; data that is anonymous is no personal
    information, and stands.

    Raises:
        NotFound: there is no such request among those the actor may see.
        NotAllowed: the actor is no reviewer, belongs to the holder, or granted it.
        WrongState: it is not granted, or its rows are being looked for (`search-running`).
    """
    request = locked(person_requests_visible_to(by), pk=request_id)
    person_id = check_confirm_removal(request, by)
    PERSON_REQUEST.move(request, PersonRequestState.CONFIRMED)
    request.confirmed_by_id, request.confirmed_at = person_id, clock.now()
    _begin(request, "PERSON_REMOVAL_WORKING_DAYS")
    request.save()
    recalled = verdicts_with(request)
    record(
        PersonRemovalConfirmed(
            subject=request.subject,
            about=request.concerns,
            recalled=len(recalled),
            due_on=_day(request),
        ),
        by=by,
    )
    for report in recalled:
        recall_report(report.pk, cause=RecallCause.PERSON, by=by)
    _end_where_left(request, by=by)
    return request


@transaction.atomic
def note_rows_left(dataset_id: UUID, *, by: Actor) -> list[UUID]:
    """End the requests of a dataset whose rows have left; return them. What is kept is destroyed.

    Raises:
        NotAllowed: the actor is not the centre's own software.
    """
    _refuse_others(by)
    left = []
    for request_id in list(removals_of(dataset_id, [PersonRequestState.CONFIRMED])):
        request = locked(person_requests_visible_to(by), pk=request_id)
        if _end_where_left(request, by=by):
            left.append(request_id)
    return left


def _end_where_left(request: PersonRequest, *, by: Actor) -> bool:
    if request.state != PersonRequestState.CONFIRMED or not has_left(request):
        return False
    PERSON_REQUEST.move(request, PersonRequestState.LEFT)
    request.due_on = None
    record(PersonRowsLeft(subject=request.subject, about=request.concerns), by=by)
    # Without the codes the rows would come in again.
    _destroy(request, keeps_codes=True, by=by)
    return True


# The person reads the answer, by the reference and one of the identifiers.


@transaction.atomic
def pick_up_answer(
    *, reference: Annotated[str, REFERENCE], identifier: Annotated[str, IDENTIFIER], by: Actor
) -> dict[str, Any]:
    """Return what is held about a person, to who has the reference and one of their identifiers.

    Raises:
        NotFound: there is no such answer, whichever of both is wrong, or it is destroyed.
    """
    seen = person_request_of(reference)
    software = Actor.system(by.door)
    request = locked(person_requests_visible_to(software), pk=seen.pk)
    codes: list[str] = []
    if is_identifier(identifier[: LONGEST["identifier"]]):
        given = [identifier[: LONGEST["identifier"]]]
        codes = code_person(request.dataset_id, identifiers=given, by=software)
    is_there = request.state == PersonRequestState.ANSWERED and request.copy is not None
    if not is_there or not set(codes) & set(request.codes) or request.destroyed_at is not None:
        raise NotFound(
            _(
                "There is no answer to pick up with these two. Compare both; an answer can be "
                "picked up for %(days)d days."
            )
            % {"days": settings.CENTRE["PERSON_ANSWER_DAYS"]}
        )
    assert request.copy is not None
    described = last_approved(request.dataset) or request.dataset
    answer = _read(request.copy) | {
        "dataset": described.title,
        "holder": request.dataset.organization.name,
        "basis": described.get_personal_basis_display(),
        "origin": described.source_description,
        "recipients": recipients_of(request),
    }
    record(
        PersonAnswerPickedUp(subject=request.subject, about=request.concerns),
        by=Actor(door=by.door),
    )
    return answer


# Last days are called to mind, and what is not needed any more is destroyed.


def remind_of_person_requests(*, by: Actor) -> list[UUID]:
    """Note which requests are overdue, once at each stage of `STAGES`; return them.

    Last days that were provisional are final once the calendar knows them.

    Raises:
        NotAllowed: the actor is not the centre's own software.
    """
    _refuse_others(by)
    reminded = []
    for request_id in list(requests_to_remind(clock.today(), STAGES)):
        with transaction.atomic():
            request = locked(person_requests_visible_to(by), pk=request_id)
            if can_settle(request):
                settle_terms(request, running={"due_on"})
            if has_passed(request, "due_on") and request.due_on is not None:
                days_over = (clock.today() - request.due_on).days
                stage = sum(days <= days_over for days in STAGES)
                if stage > request.reminded:
                    request.reminded = stage
                    record(
                        PersonRequestOverdue(
                            subject=request.subject,
                            about=request.concerns,
                            step=request.state,
                            stage=stage,
                            due_on=_day(request),
                        ),
                        by=by,
                    )
                    reminded.append(request_id)
            request.save(update_fields=["due_on", "provisional", "reminded"])
    return reminded


@transaction.atomic
def destroy_old_answers(*, by: Actor) -> list[UUID]:
    """Destroy the answers that were there to be picked up long enough; return their requests.

    Raises:
        NotAllowed: the actor is not the centre's own software.
    """
    _refuse_others(by)
    days = timedelta(days=int(settings.CENTRE["PERSON_ANSWER_DAYS"]))
    destroyed = list(answers_to_destroy(clock.now() - days))
    for request_id in destroyed:
        request = locked(person_requests_visible_to(by), pk=request_id)
        _destroy(request, keeps_codes=False, by=by)
    return destroyed


def _destroy(request: PersonRequest, *, keeps_codes: bool, by: Actor) -> None:
    """Destroy what is kept of a person, save for the codes by which their rows stay out."""
    software = Actor.system(by.door)
    for file in (request.identity, request.copy):
        if file is not None:
            remove_stored(file.pk, by=software)
    if not keeps_codes:
        request.codes = []
    request.destroyed_at = clock.now()
    request.save()
    record(PersonIdentityDestroyed(subject=request.subject, about=request.concerns), by=software)


def _refuse_others(by: Actor) -> None:
    if not by.is_system:
        raise NotAllowed(_("The centre's own software looks after the requests of persons."))
