"""The cases of requests: an input, and what of it goes where."""

import base64
import gzip
import json
from urllib.parse import urlsplit

import compare
import values
from live_requests import UUID

# Case: why our client does something else.
SKIPPED = {
    "RestJsonHttpChecksumRequired": "it expects an MD5; botocore sends a CRC32, as all clients of AWS since 2025, and its own suite ignores this case",
}
# What the suites expect of a random token.
TOKEN = "00000000-0000-4000-8000-000000000000"
AT = "2026-01-02T03:04:05Z"


def one(wire, _, operation, case):
    """What is wrong with the request for a case; None where nothing is."""
    params = {name: value for name, value in case["params"].items() if value is not None}
    if operation.input_shape:
        params = values.to_wire(operation.input_shape, params)
    answer = wire.build(operation.name, params, AT)
    if "error" in answer:
        return compare.clip(answer)
    expected = case["serialized"]
    if TOKEN in json.dumps(expected) and TOKEN not in json.dumps(params):
        answer = json.loads(UUID.sub(TOKEN, json.dumps(answer)))
    url = urlsplit(answer["url"])
    host, _, base = expected.get("host", url.netloc).partition("/")
    target = url.path + (f"?{url.query}" if url.query else "")
    # Of parameters, the suites leave the order open.
    return (
        compare.difference(answer["method"], expected["method"], "method")
        or compare.difference(url.netloc, host, "host")
        or compare.difference(sorted_query(target), sorted_query(expected["uri"]), "URI")
        or headers_difference(answer["headers"], expected)
        or body_difference(answer, expected)
    )


def sorted_query(target):
    """A path and its parameters."""
    path, _, query = target.partition("?")
    return [path, *sorted(query.split("&"))]


def headers_difference(ours, expected):
    """The headers that ought to be there with their values, those that ought to be there, and those that ought not."""
    for name, value in expected.get("headers", {}).items():
        # A comma and a space separate the elements of a list as a comma alone does.
        our_value, value = (text and text.replace(", ", ",") for text in (ours.get(name.lower()), value))
        if found := compare.difference(our_value, value, f"headers.{name}"):
            return found
    # HTTP clients set the length.
    required = [name for name in expected.get("requireHeaders", []) if name != "Content-Length"]
    missing = [name for name in required if name.lower() not in ours]
    forbidden = [name for name in expected.get("forbidHeaders", []) if name.lower() in ours]
    if missing or forbidden:
        return f"headers {missing} are missing, headers {forbidden} ought to be"
    return None


def body_difference(answer, expected):
    """The bodies; as values, where both are JSON."""
    if "body" not in expected:
        return None
    ours = base64.b64decode(answer["body_base64"]) if "body_base64" in answer else answer["body"].encode()
    if answer["headers"].get("content-encoding", "").endswith("gzip"):
        ours = gzip.decompress(ours)
    theirs = expected["body"].encode()
    try:
        return compare.difference(compare.parse(ours), compare.parse(theirs), "body")
    except ValueError:
        return None if ours == theirs else f"body: ours is {ours!r}, theirs {theirs!r}"
