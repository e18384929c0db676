"""The server's half: what botocore sends is read as it was given, and what is answered is parsed by botocore as it was given."""

import base64
import math
from urllib.parse import urlsplit

import compare
import live_requests
import oracle
import values
from inputs import Inputs


def requests(report, judge, wire, random, rounds):
    """Random inputs of every operation, sent by botocore and read by the server's half."""
    for name in judge.model.operation_names:
        model = judge.model.operation_model(name)
        for _ in range(rounds):
            for style in Inputs.STYLES:
                for awkward in live_requests.TEXTS:
                    shape = model.input_shape
                    params = Inputs(random, style, awkward).value(shape) if shape else {}
                    case = f"{name}, {style} members, {'awkward' if awkward else 'plain'} texts"
                    report.check(case, one_request(judge, wire, model, params, oracle.some_time(random)))


def one_request(judge, wire, model, params, time):
    """What is wrong with the reading of a request; None where nothing is, or where nothing sensible can be sent."""
    if live_requests.refused(model, params):
        return None
    try:
        sent = judge.request(model.name, params, time)
    except Exception:  # botocore refuses some awkward texts; `live_requests` compares how.
        return None
    answer = wire.receive(model.name, message(sent))
    if answer.get("operation") != model.name:
        return f"{compare.clip(answer)} for {sent.method} {sent.url}"
    token = next(iter(model.idempotent_members), None)
    read = dict(answer["input"])
    if token and token not in params:
        read.pop(token, None)
    shape = model.input_shape
    given = values.to_wire(shape, params) if shape else {}
    return compare.difference(on_wire(shape, read), on_wire(shape, given))


def message(sent):
    """A request of botocore's as `wire` takes it."""
    body = sent.body or b""
    body = body.encode() if isinstance(body, str) else bytes(body)
    parts = urlsplit(sent.url)
    headers = {
        name.lower(): value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)
        for name, value in sent.headers.items()
    }
    return {
        "method": sent.method,
        "target": parts.path + (f"?{parts.query}" if parts.query else ""),
        "headers": headers,
        "body_base64": base64.b64encode(body).decode(),
    }


def on_wire(shape, value):
    """An input without what no request can tell from its absence: empty lists and maps outside of the body, white space
    around headers, and fractions of dates in them."""
    kept = {}
    for name, part in value.items():
        location = shape.members[name].serialization.get("location") if shape and name in shape.members else None
        if location == "header" and isinstance(part, str):
            # All that Python counts as white space: botocore sends headers without it.
            part = part.strip()
        if location in ("querystring", "header", "headers") and part in ([], {}, None, ""):
            continue
        if location == "header" and shape.members[name].type_name == "timestamp":
            # A date of HTTP has no fraction.
            part = math.floor(part)
        kept[name] = part
    return kept


def responses(report, judge, wire, random, rounds):
    """Random outputs of every operation, written by the server's half and parsed by botocore."""
    for name in judge.model.operation_names:
        shape = judge.model.operation_model(name).output_shape
        for _ in range(rounds):
            for style in Inputs.STYLES:
                for awkward in live_requests.TEXTS:
                    value = Inputs(random, style, awkward).value(shape) if shape else {}
                    case = f"{name}, {style} members, {'awkward' if awkward else 'plain'} texts"
                    report.check(case, one_response(judge, wire, name, shape, value))


def one_response(judge, wire, name, shape, value):
    """What is wrong with the writing of an output; None where nothing is."""
    given = values.to_wire(shape, value) if shape else {}
    members = shape.members.items() if shape else []
    status = [key for key, member in members if member.serialization.get("location") == "statusCode"]
    for key in status:
        if key in given:
            # A member of any number in the model; a response has a status of HTTP.
            given[key] = 202
    answer = wire.respond(name, given)
    if "status" not in answer:
        # A header cannot hold every text.
        headers = [part for key, part in value.items() if shape.members[key].serialization.get("location") == "header"]
        return None if headers else f"{compare.clip(answer)} for {compare.clip(given)}"
    body = base64.b64decode(answer["body_base64"])
    parsed = judge.parse(name, answer["status"], answer["headers"], body)
    parsed.pop("ResponseMetadata", None)
    theirs = values.to_wire(shape, parsed) if shape else {}
    for key in status:
        theirs.pop(key, None)
        given.pop(key, None)
    return compare.difference(on_wire(shape, given), on_wire(shape, theirs))
