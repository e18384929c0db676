"""Requests: random inputs of every operation, through `wire` and through botocore."""

import base64
import re
from urllib.parse import urlsplit

import compare
import oracle
import values
from inputs import Inputs

UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")
TEXTS = (False, True)


def run(report, judge, wire, random, rounds):
    """Every operation, in every style, with plain and with awkward texts."""
    for name in judge.model.operation_names:
        model = judge.model.operation_model(name)
        for _ in range(rounds):
            for style in Inputs.STYLES:
                for awkward in TEXTS:
                    shape = model.input_shape
                    params = Inputs(random, style, awkward).value(shape) if shape else {}
                    case = f"{name}, {style} members, {'awkward' if awkward else 'plain'} texts"
                    report.check(case, one(judge, wire, model, params, oracle.some_time(random)))


def one(judge, wire, model, params, time):
    """What is wrong with the request for an input; None where nothing is."""
    shape = model.input_shape
    told = values.to_wire(shape, params) if shape else {}
    answer = wire.build(model.name, told, time.strftime("%Y-%m-%dT%H:%M:%SZ"))
    reason = refused(model, params)
    kind = answer.get("error", {}).get("kind")
    if reason or kind:
        if reason and kind == "build":
            return None
        return f"{reason or 'nothing'} is to be refused, and the answer is {compare.clip(answer)}"
    body = base64.b64decode(answer["body_base64"]) if "body_base64" in answer else answer["body"].encode()
    signature = judge.authorization(answer["method"], answer["url"], answer["headers"], body, time)
    if signature != answer["headers"]["authorization"]:
        return f"the signature is {answer['headers']['authorization']}, theirs {signature}"
    try:
        theirs = judge.request(model.name, with_token(model, params, answer), time)
    except Exception as error:  # Whatever it is: there is nothing to compare with.
        return f"botocore refuses {compare.clip(told)}: {error!r}"
    return (
        differs("method", answer["method"], theirs.method)
        or url_difference(answer["url"], theirs.url)
        or header_difference(answer["headers"], theirs.headers)
        or body_difference(body, theirs.body)
    )


def refused(model, params):
    """Why our client does not send an input that botocore's would send."""
    shape = model.input_shape
    for name, member in shape.members.items() if shape else ():
        location, value = member.serialization.get("location"), params.get(name)
        if location == "uri" and value in (None, "", ".", ".."):
            return f"the label {name} is {value!r}, which"
        if location == "header" and isinstance(value, str) and re.search(r"[\x00-\x08\x0a-\x1f\x7f]", value):
            return f"the header {name} has a control character, which"
    return None


def differs(what, ours, theirs):
    """The difference of two texts."""
    return None if ours == theirs else f"{what}: ours is {compare.clip(ours)}, theirs {compare.clip(theirs)}"


def url_difference(ours, theirs):
    """Everything of a URL as it is on the wire; parameters of different names may come in any order."""
    (ours, our_query), (theirs, their_query) = split(ours), split(theirs)
    by_name = lambda pair: pair.split("=")[0]
    our_query, their_query = sorted(our_query, key=by_name), sorted(their_query, key=by_name)
    return differs("URL", ours, theirs) or differs("query string", our_query, their_query)


def split(url):
    """The URL up to its query string, and the pairs of that."""
    parts = urlsplit(url)
    return url.split("?")[0], parts.query.split("&") if parts.query else []


def header_difference(ours, theirs):
    """All headers but those of the transport and the signature, which is compared before."""

    def kept(headers):
        texts = {
            name.lower(): value.decode() if isinstance(value, bytes) else str(value) for name, value in headers.items()
        }
        # botocore leaves this one to its transport.
        texts.pop("host", None)
        texts.pop("authorization", None)
        return {name: value for name, value in texts.items() if name not in oracle.NOT_COMPARED}

    return compare.difference(kept(ours), kept(theirs), "headers")


def body_difference(ours, theirs):
    """Two bodies; where both are JSON, as the values they stand for."""
    theirs = theirs.encode() if isinstance(theirs, str) else bytes(theirs or b"")
    if ours == theirs:
        return None
    try:
        ours, theirs = compare.parse(ours), compare.parse(theirs)
    except ValueError as error:
        return f"body: ours is {ours[:300]!r}, theirs {theirs[:300]!r} ({error})"
    return compare.difference(ours, theirs, "body")



def with_token(model, params, answer):
    """The input with the token that our client made up, for botocore to send the same; only if it looks like one."""
    token = next(iter(model.idempotent_members), None)
    if token is None or token in params:
        return params
    member = model.input_shape.members[token]
    name = member.serialization.get("name", token)
    location = member.serialization.get("location")
    if location == "header":
        made = answer["headers"].get(name.lower(), "")
    elif location == "querystring":
        made = dict(pair.split("=", 1) for pair in split(answer["url"])[1]).get(name, "")
    else:
        made = compare.parse(answer["body"]).get(name, "")
    return {**params, token: made} if UUID.fullmatch(made) else params
