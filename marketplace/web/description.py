"""What the description of the API says of each operation beyond what it takes and gives."""

import re
from collections.abc import Callable
from inspect import cleandoc
from typing import Any

from django.utils.translation import get_language
from drf_spectacular.openapi import AutoSchema

from marketplace.web.errors import PROBLEM_TYPE, TITLES
from marketplace.web.examples import example_of
from marketplace.web.manual import USUAL, manual_of, words_of
from marketplace.web.parameters import DeclaredView, described
from marketplace.web.problems import MEANINGS, REFUSED, WAITS

PROBLEM = "application/problem+json"
SCHEMA = {"$ref": "#/components/schemas/Problem"}


class CentreSchema(AutoSchema):
    """Says of each operation how it is refused, and where what it makes is found."""

    def get_override_parameters(self) -> list[Any]:
        """Return what the view declares that it reads, before what its methods add."""
        own = described(self.view.declared()) if isinstance(self.view, DeclaredView) else []
        return [*super().get_override_parameters(), *own]

    def get_operation(self, *args: Any, **options: Any) -> Any:
        operation = super().get_operation(*args, **options)
        if operation is None:
            return None
        language, answers = get_language() or "", operation["responses"]
        if words := words_of(language).operations.get(operation["operationId"]):
            operation["summary"], operation["description"] = words
        # Docstrings say in English why an act refuses.
        calls = getattr(self.view, "calls", None)
        reasons = reasons_of(calls) if language == USUAL else {}
        for status in refusals_of(self.view, self.method, operation):
            answers.setdefault(str(status), _refused(status, reasons.get(status, "")))
        if "201" in answers:
            answers["201"].setdefault("headers", {})["Location"] = LOCATION
        for status, answer in answers.items():
            if not answer.get("description", answer.get("$ref")):
                answer["description"] = DONE[status]
        operation["responses"] = dict(sorted(answers.items()))
        return operation


LOCATION = {
    "schema": {"type": "string", "format": "uri-reference"},
    "description": "The address of what was made.",
    "required": True,
}
DONE = {
    "200": "Done.",
    "201": "Made.",
    "204": "Done; there is nothing to tell.",
    "206": "The part that was asked for.",
}


def refusals_of(view: Any, method: str, operation: dict[str, Any]) -> set[int]:
    """Return the statuses with which an operation can be refused.

    What a view reads by a selector alone is either there or not; any other may find a thing in
    another state than it needs, or be asked for what it does not have.
    """
    # A null in an address is refused before any view is asked.
    found: set[int] = {400, *getattr(view, "refuses", ())}
    is_read = method == "GET"
    if view.authentication_classes:
        # What everybody reads refuses a token of somebody who has to prove a second factor first.
        found |= {401, 403}
    if any(parameter["in"] == "path" for parameter in operation.get("parameters", ())):
        found.add(404)
    if hasattr(view, "pages"):
        found.add(422)
    if view.throttle_classes or not is_read:
        found.add(429)
    if not getattr(view, "is_plain", False):
        found |= {404, 409, 422}
    if "requestBody" in operation:
        found.add(415)
    if hasattr(view, "takes") and view.may_compare():
        found.add(412)
    if view.content_negotiation_class.__name__ != "AnyAccept":
        found.add(406)
    return found


def _refused(status: int, reason: str) -> dict[str, Any]:
    shared = {"$ref": f"#/components/responses/{REFUSED[status].name}"}
    return {**shared, "description": reason} if reason else shared


def _response(status: int) -> dict[str, Any]:
    """Describe a refusal, with an example."""
    kind = REFUSED[status].kinds[0]
    example = {
        "type": PROBLEM_TYPE + kind,
        "title": TITLES[kind],
        "status": status,
        "detail": str(MEANINGS[status]),
        "instance": "urn:uuid:8e03978e-40d5-43dd-bc93-6894a57f9324",
        "code": kind,
    }
    if status == 422:
        example["errors"] = {"reason": ["This field is required."]}
    response: dict[str, Any] = {
        "description": str(MEANINGS[status]),
        "content": {PROBLEM: {"schema": SCHEMA, "example": example}},
    }
    if status in WAITS:
        response["headers"] = {
            "Retry-After": {
                "schema": {"type": "integer"},
                "description": "Seconds to wait.",
                "required": True,
            }
        }
    return response


def problem_schema() -> dict[str, Any]:
    """Describe the body of every refusal."""
    text = {"type": "string"}
    return {
        "type": "object",
        "description": "A refusal (RFC 9457). Let programs read `type`, `status` and `code`.",
        "properties": {
            "type": {"$ref": "#/components/schemas/ProblemTypeEnum"},
            "title": {**text, "description": "The kind in words."},
            "status": {"type": "integer", "description": "The status of the answer."},
            "detail": {**text, "description": "What is wrong, and what to do."},
            "instance": {
                **text,
                "description": "The name of this very refusal, in the centre's log too.",
            },
            "code": {
                **text,
                "pattern": "^[a-z0-9]+([-_][a-z0-9]+)*$",
                "description": "The rule that refused; the kind, where no rule has a name.",
            },
            "errors": {
                "type": "object",
                "additionalProperties": True,
                "description": "What is wrong with which field.",
            },
            "instead": {**text, "description": "The address of what to go on with."},
        },
        "required": ["type", "title", "status", "detail", "instance", "code"],
    }


PURCHASE = frozenset(
    {
        *("search_market", "get_market_listing", "place_order", "get_order", "list_order_offers"),
        *("accept_order", "counter_order", "get_contract", "sign_contract", "list_charges"),
        *("get_order_grant", "accept_delivery", "object_to_delivery", "create_token"),
    }
)
"""The operations whose bodies have an example: that of all others stands on their page."""


def _exemplify(operation: dict[str, Any], components: dict[str, Any]) -> None:
    """Add examples of what an operation takes and gives."""
    made = [one for status, one in operation["responses"].items() if status < "300"]
    for body in (operation.get("requestBody", {}), *made):
        media = body.get("content", {}).get("application/json")
        if media:
            media["example"] = example_of(media["schema"], components)


def describe(result: dict[str, Any], **_options: Any) -> dict[str, Any]:
    """Add what all operations share: the manual, and how requests are refused."""
    result["info"]["description"] = manual_of(get_language() or "")
    components = result["components"]
    components["responses"] = {answer.name: _response(status) for status, answer in REFUSED.items()}
    kinds = sorted({kind for answer in REFUSED.values() for kind in answer.kinds})
    components["schemas"]["Problem"] = problem_schema()
    components["schemas"]["ProblemTypeEnum"] = {
        "type": "string",
        "enum": [PROBLEM_TYPE + kind for kind in kinds],
        "description": "The kind of refusal.",
    }
    components["schemas"] = dict(sorted(components["schemas"].items()))
    for operations in result["paths"].values():
        for operation in operations.values():
            if operation["operationId"] in PURCHASE:
                _exemplify(operation, components)
    return result


RAISES = re.compile(r"^Raises:\n((?:[ ]{4}.*\n?|\n)+)", re.MULTILINE)
ONE = re.compile(r"^[ ]{4}(\w+(?:, \w+)*): ((?:.|\n[ ]{8})+)", re.MULTILINE)


def reasons_of(act: Callable[..., Any] | None) -> dict[int, str]:
    """Return why an act refuses, by status, as its docstring says."""
    found = RAISES.search(cleandoc(act.__doc__ or "") + "\n") if act else None
    if found is None:
        return {}
    said: dict[str, str] = {}
    for names, text in ONE.findall(found[1]):
        words = " ".join(text.split()).rstrip(".")
        said |= dict.fromkeys(names.split(", "), words[:1].upper() + words[1:] + ".")
    return {
        status: said[answer.refusal] for status, answer in REFUSED.items() if answer.refusal in said
    }
