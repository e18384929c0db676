"""Exceptions: every one that the model names, and some that it does not, with the code in every place services put it."""

import compare
import values
from inputs import Inputs
from outputs import Outputs

URI = "http://internal.amazon.com/coral/com.amazon.coral.service/"
# How a code is spelled: alone, with the URI that API gateways add, with the namespace of its shape, with both.
SPELLINGS = ["{}", "{}:" + URI, "aws.service#{}", "aws.service#{}:" + URI]
PLACES = ["x-amzn-errortype", "X-Amzn-ErrorType", "__type", "code", "Code"]
STATUSES = [400, 401, 403, 404, 409, 410, 412, 413, 422, 429, 500, 502, 503, 504]


def run(report, judge, wire, random, rounds):
    """Every exception in every spelling and place, as the answer of an operation that may be any."""
    operations = list(judge.model.operation_names)
    codes = [(shape.error_code, shape) for shape in judge.model.error_shapes]
    codes += [("NeverHeardOfException", None), ("UnrecognizedClientException", None)]
    for code, shape in codes:
        for _ in range(rounds):
            for place in PLACES:
                for spelling in SPELLINGS:
                    name = random.choice(operations)
                    response = some_answer(random, shape, place, spelling.format(code))
                    case = f"{code} from {name}, as {spelling} in {place}"
                    report.check(case, one(judge, wire, name, shape, code, response))
    for status in STATUSES:
        for body in ["", "{}", "[]", "null", "<html>no</html>", "\"text\"", "Forbidden", "{\"message\":", "{\"message\":\"m\"}"]:
            report.check(f"no code, status {status}, body {body}", bare(judge, wire, random.choice(operations), status, body))


def some_answer(random, shape, place, code):
    """An answer that is an exception."""
    headers, told = {}, {}
    if random.random() < 0.8:
        headers[random.choice(["x-amzn-requestid", "x-amzn-RequestId"])] = "11111111-2222-3333-4444-555555555555"
    if place.lower() == "x-amzn-errortype":
        headers[place] = code
        if random.random() < 0.3:
            # The header is believed before the body.
            told["__type"] = "SomethingElseException"
    else:
        told[place] = code
    if shape is None:
        told["message"] = random.choice(["no", "", "ünïcödé\n\"quoted\""])
    value = Inputs(random, random.choice(Inputs.STYLES), random.random() < 0.5).value(shape) if shape else {}
    written = Outputs(random).response(shape, value) if shape else {"headers": {}}
    # Campaigns bind a member to the header that has the code: what that member is follows from where the code is put.
    bound = {name: text for name, text in written["headers"].items() if name.lower() != "x-amzn-errortype"}
    body = Outputs(random).exception(shape, value, told) if shape else Outputs(random).exception(NONE, {}, told)
    return {"status": random.choice(STATUSES), "headers": {**bound, **headers}, "body": body}


class NONE:
    """The shape of an exception that the model does not know."""

    type_name = "structure"
    name = "None"
    members = {}


def one(judge, wire, name, shape, code, response):
    """What is wrong with the reading of an exception; None where nothing is."""
    exception = wire.read(name, response).get("exception")
    if exception is None:
        return f"no exception for {compare.clip(response)}"
    parsed = judge.parse(name, response["status"], response["headers"], response["body"].encode())
    error = parsed.pop("Error")
    metadata = parsed.pop("ResponseMetadata")
    fields = values.to_wire(shape, parsed) if shape else {}
    theirs = {
        "code": error["Code"],
        "message": error["Message"] or "",
        "status": metadata["HTTPStatusCode"],
        "request_id": metadata.get("RequestId"),
        "fields": fields,
    }
    ours = {**exception, "message": exception["message"] or ""}
    if shape:
        ours["fields"] = values.without_defaults(shape, ours["fields"], fields)
    found = compare.difference(ours, theirs)
    if found is None and error["Code"] != code:
        found = f"botocore reads the code {error['Code']}"
    return found and f"{found}, for {compare.clip(response)}"


def bare(judge, wire, name, status, body):
    """What is wrong with the reading of a response that has no code."""
    answer = wire.read(name, {"status": status, "headers": {}, "body": body})
    try:
        error = judge.parse(name, status, {}, body.encode())["Error"]
    except (AttributeError, TypeError):
        # JSON that is no object: botocore stops, and the text is the message here as for any other text.
        error = {"Code": str(status), "Message": body}
    theirs = {
        "code": error["Code"],
        "message": error["Message"] or None,
        "status": status,
        "request_id": None,
        "fields": {},
    }
    return compare.difference(answer, {"exception": theirs})
