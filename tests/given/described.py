"""Whether what the API answers is what its description says.

Every answer to a program of the tests is compared: a status that is not declared fails the test,
and so does a refusal that is no problem detail, or a body that is not as its schema says.
"""

from __future__ import annotations

import json
import re
from functools import cache
from typing import Any

from django.urls import Resolver404, resolve
from jsonschema import Draft202012Validator

from marketplace.web.openapi import written

PROBLEM, JSON = "application/problem+json", "application/json"
REFUSALS = range(400, 500)
ASKED_OTHERWISE = {405}
"""A method that an address does not have is no operation, so that nothing describes it."""
METHODS = {"GET", "POST", "PUT", "PATCH", "DELETE"}
PLACE = re.compile(r"<[^>]*>|\{[^}]*\}")


@cache
def description() -> dict[str, Any]:
    """Return what the API says of itself."""
    form = "application/vnd.oai.openapi+json"
    described: dict[str, Any] = json.loads(written("en", form))
    return described


@cache
def operations() -> dict[tuple[str, str], dict[str, Any]]:
    """Return the operations by method and address, without the names of its places."""
    return {
        (method.upper(), PLACE.sub("{}", path)): operation
        for path, methods in description()["paths"].items()
        for method, operation in methods.items()
        if method.upper() in METHODS
    }


@cache
def validator_of(pointer: str) -> Draft202012Validator:
    """Return what checks a value by a schema of the description."""
    return Draft202012Validator({**description(), "$ref": f"#{pointer}"})


def declared(operation: dict[str, Any], status: int) -> dict[str, Any] | None:
    """Return what an operation says of a status; None where it says nothing."""
    found: dict[str, Any] | None = operation["responses"].get(str(status))
    if found is not None and "$ref" in found:
        name = found["$ref"].rpartition("/")[2]
        found = description()["components"]["responses"][name]
    return found


def undeclared(method: str, answer: Any) -> str:
    """Return what of an answer the description does not say; "" where it says all of it."""
    path = answer.wsgi_request.path_info
    if method not in METHODS or not path.startswith("/api/"):
        return ""
    try:
        route = resolve(path).route
    except Resolver404:
        return ""
    operation = operations().get((method, "/" + PLACE.sub("{}", route)))
    if operation is None or answer.status_code in ASKED_OTHERWISE:
        return ""
    name, status = operation["operationId"], answer.status_code
    said = declared(operation, status)
    if said is None:
        is_told = status < 300 or status in REFUSALS
        return f"{name} answers {status}, which it does not declare." if is_told else ""
    if status in REFUSALS:
        return wrong_refusal(name, answer)
    wanted = {header for header, it in said.get("headers", {}).items() if it.get("required")}
    lacking = wanted - set(answer.headers)
    if lacking:
        return f"{name} answers {status} without {sorted(lacking)}."
    return wrong_body(name, said, answer)


def wrong_body(name: str, said: dict[str, Any], answer: Any) -> str:
    """Return what of a JSON body is not as its schema says, or stands there beside it."""
    kind = answer.headers.get("Content-Type", "").partition(";")[0]
    schema = said.get("content", {}).get(kind, {}).get("schema")
    if kind != JSON or answer.streaming or not answer.content:
        return ""
    if schema is None:
        return f"{name} answers with JSON that it does not declare."
    body = json.loads(answer.content)
    faults = [
        f"{fault.json_path}: {fault.message[:200]}"
        for fault in body_validator(json.dumps(schema, sort_keys=True)).iter_errors(body)
    ]
    faults += [f"{place} is not declared" for place in surplus(schema, body, "$")]
    return f"{name} answers {answer.status_code}: {faults[:5]}" if faults else ""


@cache
def body_validator(schema: str) -> Draft202012Validator:
    """Return what checks a body by a schema, which may name those of the description."""
    whole = {"components": description()["components"], **json.loads(schema)}
    # With formats, by which alone some of the alternatives of a field are told apart.
    return Draft202012Validator(whole, format_checker=Draft202012Validator.FORMAT_CHECKER)


def surplus(schema: dict[str, Any], body: Any, place: str) -> list[str]:
    """Return the members of a body that its schema does not name."""
    while "$ref" in schema:
        schema = description()["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
    if isinstance(body, list):
        items = schema.get("items", {})
        return [one for each in body[:1] for one in surplus(items, each, f"{place}[0]")]
    known = schema.get("properties")
    if not isinstance(body, dict) or known is None or "additionalProperties" in schema:
        return []
    extra = [f"{place}.{name}" for name in body if name not in known]
    inner = [surplus(known[name], body[name], f"{place}.{name}") for name in body if name in known]
    return extra + [one for each in inner for one in each]


def wrong_refusal(name: str, answer: Any) -> str:
    """Return what a refusal lacks of a problem detail."""
    if answer.headers["Content-Type"].partition(";")[0] != PROBLEM:
        return f"{name} refuses as {answer.headers['Content-Type']}."
    body = json.loads(answer.content)
    faults = [
        f"{fault.json_path}: {fault.message}"
        for fault in validator_of("/components/schemas/Problem").iter_errors(body)
    ]
    if body["status"] != answer.status_code:
        faults.append(f"it says {body['status']}")
    return f"{name} refuses with {answer.status_code}: {faults}" if faults else ""
