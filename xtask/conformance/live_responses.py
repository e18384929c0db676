"""Responses: random outputs of every operation, read by `wire` and by botocore's parser."""

import base64

import compare
import values
from inputs import Inputs
from outputs import Outputs


def run(report, judge, wire, random, rounds):
    """Every operation, in every style, with plain and with awkward texts."""
    for name in judge.model.operation_names:
        shape = judge.model.operation_model(name).output_shape
        for _ in range(rounds):
            for style in (*Inputs.STYLES, "missing"):
                for awkward in (False, True):
                    response = some_response(random, shape, style, awkward)
                    case = f"{name}, {style} members, {'awkward' if awkward else 'plain'} texts"
                    report.check(case, one(judge, wire, name, shape, response))


def some_response(random, shape, style, awkward):
    """A response; in the style `missing`, members that the model requires are left out."""
    if shape is None:
        return {"status": 200, "headers": {}, "body": random.choice(["", "{}"])}
    value = Inputs(random, "some" if style == "missing" else style, awkward).value(shape)
    if style == "missing":
        value = without_some(random, value)
    return Outputs(random).response(shape, value)


def without_some(random, value):
    """A value without some of its members, at any depth; unions keep theirs."""
    if isinstance(value, list):
        return [without_some(random, part) for part in value]
    if isinstance(value, dict):
        kept = {key: without_some(random, part) for key, part in value.items()}
        return kept if len(kept) < 2 else {key: part for key, part in kept.items() if random.random() < 0.7}
    return value


def one(judge, wire, name, shape, response):
    """What is wrong with the reading of a response; None where nothing is."""
    answer = wire.read(name, response)
    if "output" not in answer:
        return f"{compare.clip(answer)} for {compare.clip(response)}"
    body = base64.b64decode(response["body_base64"]) if "body_base64" in response else response["body"].encode()
    parsed = judge.parse(name, response["status"], response["headers"], body)
    parsed.pop("ResponseMetadata", None)
    theirs = values.to_wire(shape, parsed) if shape else {}
    ours = values.without_defaults(shape, answer["output"], theirs) if shape else answer["output"]
    if found := compare.difference(ours, theirs):
        return f"{found}, for {compare.clip(response)}"
    return None
