"""The base of API views: one view an act, one view a list or a thing."""

import json
import re
from collections.abc import Callable, Iterator, Sequence
from functools import reduce
from inspect import cleandoc
from operator import getitem
from typing import Any, ClassVar

from django.db.models import Model, QuerySet
from django.http import (
    HttpResponse,
    HttpResponseBase,
    HttpResponseNotModified,
    StreamingHttpResponse,
)
from django.urls import URLPattern, path, reverse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiExample, OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework.parsers import BaseParser
from rest_framework.permissions import AllowAny, BasePermission, IsAuthenticated
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import BaseSerializer, Serializer

from marketplace.core import Actor, Scope, visible
from marketplace.web.idempotency import (
    LONGEST_KEY,
    Answer,
    answered,
    fingerprint,
    key_of,
    once,
    once_without_looking,
)
from marketplace.web.lists import ListFilters
from marketplace.web.matching import is_known, keeping_to, tag_of
from marketplace.web.pagination import CursorPages
from marketplace.web.parameters import Declared, DeclaredView
from marketplace.web.requests import actor
from marketplace.web.scopes import scope_extension
from marketplace.web.spreadsheets import CSV
from marketplace.web.taking import Nothing, serializer_of

KEY_PARAMETER = OpenApiParameter(
    "Idempotency-Key",
    str,
    OpenApiParameter.HEADER,
    required=True,
    description=(
        "A text in quotes (a String of RFC 8941) of 1 to "
        f"{LONGEST_KEY} characters that no other request has, such as a UUID. The same key with "
        "the same request is answered as the first time."
    ),
    examples=[OpenApiExample("A UUID", value='"8e03978e-40d5-43dd-bc93-6894a57f9324"')],
)


MATCH_PARAMETER = OpenApiParameter(
    "If-Match",
    str,
    OpenApiParameter.HEADER,
    description=(
        "The ETag of the thing as it was read: where somebody has changed it since, it is answered "
        "412 and nothing is done."
    ),
)
ETAG_PARAMETER = OpenApiParameter(
    "ETag",
    str,
    OpenApiParameter.HEADER,
    response=[200, 201],
    description=(
        "The version of the thing that is answered, and after a full stop the digest of the "
        "answer. Acts on the thing take it as If-Match, and compare the version."
    ),
)
DIGEST_PARAMETER = OpenApiParameter(
    "ETag",
    str,
    OpenApiParameter.HEADER,
    response=[200],
    description="The digest of this answer. No act takes it.",
)
KNOWN_PARAMETER = OpenApiParameter(
    "If-None-Match",
    str,
    OpenApiParameter.HEADER,
    description="The ETag of an earlier answer: where it is the same still, it is answered 304.",
)
UNCHANGED = "The answer is the one that `If-None-Match` names."


JSON = "application/json"
XML = "application/xml"
FILES = {
    JSON: OpenApiTypes.OBJECT,
    XML: OpenApiTypes.BINARY,
    CSV: OpenApiTypes.BINARY,
    "application/zip": OpenApiTypes.BINARY,
    "application/octet-stream": OpenApiTypes.BINARY,
}
"""What a description of the API says of a file of a kind."""


class ActView(DeclaredView):
    """POST calls one act: parse, act, present.

    A subclass names its serializers and its scope and writes `act`; `operation` is the OpenAPI
    operation id: its own name in small letters unless said.
    """

    takes: ClassVar[type[BaseSerializer[Any]]] = Nothing
    gives: ClassVar[type[BaseSerializer[Any]]]
    creates: ClassVar[bool] = False
    is_public: ClassVar[bool] = False
    scope: ClassVar[Scope | None] = None
    """Which tokens may; a public act opens to all."""
    keeps_answer: ClassVar[bool] = True
    """False where the answer holds a secret that is told once and must not be kept."""
    is_short: ClassVar[bool] = False
    """True where it costs less to do it and undo it than to look first whether it was done."""
    compares: ClassVar[bool] = True
    """False where the address names no one thing, so that no If-Match can be kept to."""
    changes: ClassVar[bool] = True
    """False where nothing is changed or kept, so that it can be asked again without a key."""
    media: ClassVar[str] = JSON
    """In what form it answers; another one is written by `_answer`, of what `gives` keeps of it."""
    made_at: ClassVar[str] = ""
    """The operation that answers what the act made; what creates has one."""
    made_by: ClassVar[str] = "id"
    """Under which name, or names one below the other, the answer has what that one finds it by."""
    refuses: ClassVar[frozenset[int]] = frozenset()
    """With which statuses a request is refused, besides those that all acts have."""
    operation: ClassVar[str]
    summary: ClassVar[str]

    def __init_subclass__(cls, **options: Any) -> None:
        super().__init_subclass__(**options)
        if "act" in cls.__dict__:
            _name(cls)
            cls.post = extend_schema(  # type: ignore[method-assign]
                operation_id=cls.operation,
                summary=cls.summary,
                request=cls._bodies(),
                responses=cls._answers(),
                parameters=[
                    *([KEY_PARAMETER] if cls.changes and not cls.is_public else []),
                    *([MATCH_PARAMETER] if cls.may_compare() else []),
                    *([ETAG_PARAMETER] if cls.changes and not cls.is_public else []),
                ],
                auth=[] if cls.is_public else None,
                extensions=scope_extension(cls),
            )(_own(cls, ActView.post))

    @classmethod
    def declared(cls) -> tuple[Declared, ...]:
        """Return what the forms of its bodies read of the address."""
        own = (getattr(parser, "parameters", ()) for parser in cls.parser_classes)
        return (*super().declared(), *(one for each in own for one in each))

    def get_permissions(self) -> list[BasePermission]:
        """Ask for a sign-in unless the act is public."""
        return [AllowAny()] if self.is_public else [IsAuthenticated()]

    def before(self, by: Actor, data: dict[str, Any]) -> None:
        """Call what must stay although the act is undone; a request that is repeated skips it."""

    def act(self, by: Actor, data: dict[str, Any], **ids: Any) -> Any:
        """Call the one act."""
        raise AssertionError(f"{type(self).__name__} has no act.")

    def post(self, request: Request, **ids: Any) -> HttpResponseBase:
        """Return the act's result.

        Raises:
            Problem: the request needs a key, or its key is another's.
        """
        by = actor(request)
        key = key_of(request.headers.get("Idempotency-Key")) if self._needs_key(by) else ""
        taken = self.takes(data=request.data, context={"request": request})
        taken.is_valid(raise_exception=True)

        def perform() -> Answer:
            with keeping_to(request, ids, compares=self.compares):
                result = self.act(by, dict(taken.validated_data), **ids)
            given = self.gives(result, context={"request": request}).data
            # What is kept for a repeated request must be what was sent, so render it now.
            body = json.loads(JSONRenderer().render(given))
            about = self._key_of_made(body) if self.creates else ids.get("pk")
            is_thing = isinstance(result, Model) and str(result.pk) == str(about)
            etag = tag_of(body, _read_again(result)) if is_thing else ""
            return Answer(201 if self.creates else 200, body, etag)

        if not key or by.person_id is None:
            self.before(by, taken.validated_data)
            return self._response_of(perform())
        asked = fingerprint("POST", request.get_full_path(), request.data)
        if type(self).before is not ActView.before and not answered(by.person_id, key, asked):
            self.before(by, taken.validated_data)
        call = once_without_looking if self.is_short else once
        return self._response_of(
            call(by.person_id, key, asked, perform, keeps_answer=self.keeps_answer)
        )

    def _response_of(self, answer: Answer) -> HttpResponseBase:
        """Return the answer, with the address and the version of what was made or changed."""
        sent = self._answer(answer.status, answer.body)
        if self.creates and self.made_at:
            sent["Location"] = reverse(f"api_{self.made_at}", args=[self._key_of_made(answer.body)])
        if answer.etag:
            sent["ETag"] = answer.etag
        return sent

    def _answer(self, status: int, body: Any) -> HttpResponseBase:
        """Return the answer in its form."""
        return Response(body, status=status)

    def _key_of_made(self, body: Any) -> Any:
        """Return what an answer finds by what was made; None where it says nothing."""
        return reduce(getitem, self.made_by.split("."), body) if self.made_at else None

    @classmethod
    def _answers(cls) -> dict[Any, Any]:
        """Return what the description says of the answer."""
        if cls.media != JSON:
            return {(200, cls.media): FILES[cls.media]}
        return {201 if cls.creates else 200: cls.gives}

    @classmethod
    def _bodies(cls) -> Any:
        """Return what the description says of the body, by its form where that matters."""
        if cls.takes is Nothing:
            return None
        parsers = cls.parser_classes
        if len(parsers) == 1 and not hasattr(parsers[0], "described"):
            return cls.takes
        return {parser.media_type: getattr(parser, "described", cls.takes) for parser in parsers}

    @classmethod
    def may_compare(cls) -> bool:
        """Return whether the act takes an `If-Match`."""
        return cls.compares and cls.changes and not cls.creates and not cls.is_public

    def _needs_key(self, by: Actor) -> bool:
        """Keys are a person's own: a public act by whoever comes has nobody to keep one for."""
        return self.changes and not self.is_public and by.person_id is not None


def _read_again(row: Model) -> Model | None:
    """Return a row as the database holds it now, as whoever looks at it next will read it."""
    return type(row)._base_manager.filter(pk=row.pk).first()


class ListView(DeclaredView):
    """GET answers a page of rows that the actor may see."""

    gives: ClassVar[type[BaseSerializer[Any]]]
    operation: ClassVar[str]
    summary: ClassVar[str]
    is_public: ClassVar[bool] = False
    scope: ClassVar[Scope | None] = Scope.READ
    pages: ClassVar[type[CursorPages]] = CursorPages
    pagination_class = CursorPages
    filters: ClassVar[type[ListFilters] | None] = None
    """What its rows can be narrowed by; the page of the same list has the same."""
    is_plain: ClassVar[bool] = False
    """Whether a selector alone says what is answered."""

    def __init_subclass__(cls, **options: Any) -> None:
        super().__init_subclass__(**options)
        if "rows" in cls.__dict__:
            _name(cls)
            cls.get = extend_schema(  # type: ignore[method-assign]
                operation_id=cls.operation,
                summary=cls.summary,
                responses=cls.gives(many=True),
                auth=[] if cls.is_public else None,
                extensions=scope_extension(cls),
            )(_own(cls, ListView.get))

    @classmethod
    def declared(cls) -> tuple[Declared, ...]:
        """Return what its rows can be narrowed by, and where a page of them begins and ends."""
        own = cls.filters.parameters() if cls.filters else []
        return (*super().declared(), *own, *cls.pages.parameters())

    def get_permissions(self) -> list[BasePermission]:
        """Ask for a sign-in unless the list is public."""
        return [AllowAny()] if self.is_public else [IsAuthenticated()]

    def rows(self, by: Actor, request: Request, **ids: Any) -> QuerySet[Any]:
        """Call the one selector."""
        raise AssertionError(f"{type(self).__name__} has no rows.")

    def get(self, request: Request, **ids: Any) -> Response:
        """Return one page.

        Raises:
            ValidationError: it asks for a value that there is not.
        """
        pages, filters = self.pages(), self.filters
        rows = self.rows(actor(request), request, **ids)
        if filters is not None:
            rows = filters(request.query_params, queryset=rows).asked()
        page = pages.paginate_queryset(rows, request, view=self)
        return pages.get_paginated_response(
            self.gives(page, many=True, context={"request": request}).data
        )


class ThingView(DeclaredView):
    """GET answers one thing that the actor may see."""

    has_version: ClassVar[bool] = False
    """Whether the thing is a row, whose version its ETag tells."""
    is_plain: ClassVar[bool] = False
    """Whether a selector alone says what is answered."""
    gives: ClassVar[type[BaseSerializer[Any]]]
    operation: ClassVar[str]
    summary: ClassVar[str]
    is_public: ClassVar[bool] = False
    scope: ClassVar[Scope | None] = Scope.READ

    def __init_subclass__(cls, **options: Any) -> None:
        super().__init_subclass__(**options)
        if "thing" in cls.__dict__:
            _name(cls)
            cls.get = extend_schema(  # type: ignore[method-assign]
                operation_id=cls.operation,
                summary=cls.summary,
                responses={200: cls.gives, 304: OpenApiResponse(description=UNCHANGED)},
                parameters=[
                    ETAG_PARAMETER if cls.has_version else DIGEST_PARAMETER,
                    KNOWN_PARAMETER,
                ],
                auth=[] if cls.is_public else None,
                extensions=scope_extension(cls),
            )(_own(cls, ThingView.get))

    def get_permissions(self) -> list[BasePermission]:
        """Ask for a sign-in unless the thing is public."""
        return [AllowAny()] if self.is_public else [IsAuthenticated()]

    def thing(self, by: Actor, **ids: Any) -> Any:
        """Call the one selector.

        Raises:
            NotFound: there is no such thing among those the actor may see.
        """
        raise AssertionError(f"{type(self).__name__} has no thing.")

    def get(self, request: Request, **ids: Any) -> HttpResponseBase:
        """Return the thing, or 304 where whoever asks has this very answer."""
        thing = self.thing(actor(request), **ids)
        given = self.gives(thing, context={"request": request}).data
        is_row = self.has_version and isinstance(thing, Model)
        tag = tag_of(given, thing if is_row else None)
        answer = HttpResponseNotModified() if is_known(request, tag) else Response(given)
        answer["ETag"] = tag
        return answer


class DocumentView(DeclaredView):
    """GET answers a file as it is kept: of a signed document its canonical bytes (RFC 8785)."""

    permission_classes = (IsAuthenticated,)
    scope: ClassVar[Scope | None] = Scope.READ
    media: ClassVar[str] = JSON
    asks: ClassVar[type[Serializer[Any]] | None] = None
    """What may be said of the file in the query; it is given to `document` with the ids."""
    operation: ClassVar[str] = ""
    summary: ClassVar[str]

    def __init_subclass__(cls, **options: Any) -> None:
        super().__init_subclass__(**options)
        if not cls.operation:
            return
        cls.get = extend_schema(  # type: ignore[method-assign]
            operation_id=cls.operation,
            summary=cls.summary,
            responses={(200, cls.media): FILES[cls.media]},
            extensions=scope_extension(cls),
        )(_own(cls, DocumentView.get))

    @classmethod
    def declared(cls) -> tuple[Declared, ...]:
        """Return what may be said of the file."""
        return (*super().declared(), *([cls.asks] if cls.asks else []))

    def document(self, by: Actor, **ids: Any) -> bytes | Iterator[bytes]:
        """Call the one selector; what is large comes piece by piece.

        Raises:
            NotFound: there is no such thing among those the actor may see.
            WrongState: it is not signed yet.
        """
        raise AssertionError(f"{type(self).__name__} has no document.")

    def get(self, request: Request, **ids: Any) -> HttpResponseBase:
        """Return the bytes, which a program saves as they come."""
        asked: dict[str, Any] = {}
        if self.asks is not None:
            sent = self.asks(data=request.query_params)
            sent.is_valid(raise_exception=True)
            asked = sent.validated_data
        body = self.document(actor(request), **ids, **asked)
        kind = HttpResponse if isinstance(body, bytes) else StreamingHttpResponse
        return kind(body, content_type=self.media)


def act_view(
    address: str,
    act: Callable[..., Any],
    *,
    scope: Scope,
    gives: type[BaseSerializer[Any]],
    takes: type[BaseSerializer[Any]] | None = None,
    group: str = "",
    creates: bool = False,
    compares: bool = True,
    keeps_answer: bool = True,
    made_at: str = "",
    made_by: str = "id",
    parser_classes: Sequence[type[BaseParser]] | None = None,
    operation: str = "",
    summary: str = "",
    about: str = "",
) -> URLPattern:
    """Return the address at which a POST calls an act: its ids, what was sent, who acts.

    What was sent goes to the act by the names of the fields of `takes`; unless it is said, that is
    made of what the act declares. Where `takes` is made of a dataclass, the act takes all of it by
    the name of `group`. A token needs `scope`.
    `operation` is the act's name unless said. What is made is found at `made_at`. `about` is what
    the reference of the API says; without it, the first paragraph of the act's docstring.
    """

    body: Any = takes or serializer_of(act)

    def call(self: ActView, by: Actor, data: dict[str, Any], **ids: Any) -> Any:
        given = {group: body.takes(**data)} if group else data
        return act(*ids.values(), **given, by=by)

    own: dict[str, Any] = {
        "scope": scope,
        "takes": body,
        "creates": creates,
        "compares": compares,
        "keeps_answer": keeps_answer,
        "made_at": made_at,
        "made_by": made_by,
        "calls": staticmethod(act),
        "act": call,
    }
    if parser_classes is not None:
        own["parser_classes"] = parser_classes
    told = about or cleandoc(act.__doc__ or "").split("\n\n")[0]
    return _route(address, ActView, operation or act.__name__, gives, summary, told, own)


def list_view(
    address: str,
    rows: Callable[..., QuerySet[Any]],
    *,
    operation: str,
    gives: type[BaseSerializer[Any]],
    about: str,
    of: Callable[[Actor], QuerySet[Any]] | None = None,
    filters: type[ListFilters] | None = None,
    summary: str = "",
) -> URLPattern:
    """Return the address that lists what an actor may see, or the rows of one thing of `of`."""

    def select(self: ListView, by: Actor, request: Request, **ids: Any) -> QuerySet[Any]:
        return rows(by) if of is None else rows(visible(of(by), pk=ids["pk"]))

    own = {"rows": select, "filters": filters, "is_plain": True}
    return _route(address, ListView, operation, gives, summary, about, own)


def thing_view(
    address: str,
    of: Callable[[Actor], QuerySet[Any]],
    *,
    operation: str,
    gives: type[BaseSerializer[Any]],
    about: str,
    shown: Callable[[Any], Any] | None = None,
    summary: str = "",
) -> URLPattern:
    """Return the address of a thing that an actor may see, or of what `shown` makes of it."""

    def select(self: ThingView, by: Actor, **ids: Any) -> Any:
        thing = visible(of(by), pk=ids["pk"])
        return thing if shown is None else shown(thing)

    is_row = shown is None
    own = {"thing": select, "has_version": is_row, "is_plain": is_row}
    return _route(address, ThingView, operation, gives, summary, about, own)


def _route(
    address: str,
    base: type[DeclaredView],
    operation: str,
    gives: type[BaseSerializer[Any]],
    summary: str,
    about: str,
    own: dict[str, Any],
) -> URLPattern:
    name = "".join(word.capitalize() for word in operation.split("_"))
    described = {
        "__doc__": cleandoc(about),
        "operation": operation,
        "gives": gives,
        "summary": summary or summary_of(operation),
    }
    view: type[DeclaredView] = type(name, (base,), described | own)
    return path(address, view.as_view(), name=f"api_{operation}")


def _name(cls: type[ActView] | type[ListView] | type[ThingView]) -> None:
    """Call an operation as its class, and sum it up by its name, where neither is said."""
    if "operation" not in cls.__dict__:
        cls.operation = re.sub(r"(?<=[a-z])(?=[A-Z])", "_", cls.__name__).lower()
    if "summary" not in cls.__dict__:
        cls.summary = summary_of(cls.operation)


def summary_of(operation: str) -> str:
    """Return what an operation is called: `List orders`, `Decline an order`."""
    verb, _, noun = operation.replace("_", " ").partition(" ")
    article = "" if verb == "list" else "an " if noun[:1] in "aeio" else "a "
    return f"{verb.capitalize()} {article}{noun}"


def _own(cls: type[DeclaredView], answer: Any) -> Any:
    """Copy a method of a base, so that each address has a description of its own."""

    def method(self: DeclaredView, request: Request, **ids: Any) -> Any:
        return answer(self, request, **ids)

    method.__doc__ = cls.__doc__
    return method
