"""Records what botocore's waiters make of responses to the case `waits`.

Usage: python3 record.py > vectors.json

Each vector is a response and, for each waiter of the case that is emitted, the state that the first fitting acceptor of botocore
has for it: `success`, `failure` or `retry`, and `none` where none fits. botocore parses the response with the model of the case
and evaluates the expressions with its `jmespath` package. A type error of JMESPath, which botocore raises, is `none`.
"""

import itertools
import json
import pathlib
import sys

import botocore
import jmespath
from botocore.model import ServiceModel
from botocore.parsers import create_parser
from botocore.waiter import WaiterModel

CASE = pathlib.Path(__file__).resolve().parents[2] / "cases" / "waits"

PARTS = [
    None,
    [],
    [{"Name": "a", "State": "READY", "Size": 1, "Names": ["a"]}],
    [{"Name": "a", "State": "READY", "Size": 1}, {"Name": "b", "State": "READY", "Size": 2, "Names": []}],
    [{"Name": "b", "State": "FAILED"}, {"State": "READY", "Size": 5, "Names": ["a", "b"]}, {"Name": "a"}],
    [{}, {"Name": "c", "State": "PENDING"}],
    [{"Name": "c", "State": "OTHER", "Size": 3}, {"Name": "b", "State": "READY", "Size": 3}],
]

# What the model requires is always there: where a service leaves it out, an emitted structure has its default.
BODIES = [
    {"Id": "z", "Detail": {"Kind": "z"}},
    {"Id": "a", "State": "READY", "Detail": {"Kind": "a", "Note": "a"}, "Count": 3, "Size": 9007199254740993, "Ratio": 1.5, "Done": True},
    {"Id": "b", "State": "FAILED", "Detail": {"Kind": "b"}, "Count": 2, "Size": 9007199254740992, "Ratio": 2.0, "Done": False},
    {"Id": "ab", "State": "PENDING", "Detail": {"Kind": "a", "Note": ""}, "Extra": {"Kind": "a"}, "Count": 0, "Ratio": 2.5},
    {"Id": "ba", "Detail": {"Kind": "b"}, "Extra": {"Kind": "a", "Note": "a", "type": "READY", "More": {"Kind": "", "More": {"Kind": "", "Note": "a"}}}},
    {"Id": "", "State": "OTHER", "Detail": {"Kind": ""}, "Extra": {"Kind": "", "type": "OTHER", "More": {"Kind": "a"}}, "Count": -1, "Ratio": 0.0},
    {"Id": "äa", "Nested": {"Id": "a", "State": "READY", "Detail": {"Kind": "a"}}, "Detail": {"Kind": "a"}, "Choice": {"One": "a"}},
    {"Id": "a", "Nested": {"Id": "a", "State": "FAILED", "Detail": {"Kind": "a"}}, "Detail": {"Kind": "a"}, "At": 0},
    *({"Id": "a", "Detail": {"Kind": "x"}, "Parts": parts} for parts in PARTS),
    *({"Id": "a", "Detail": {"Kind": "x"}, "Groups": [{"Name": "g", "Parts": one}, {"Parts": other}]} for one, other in itertools.product(PARTS[:5], PARTS[1:4])),
    {"Id": "a", "Detail": {"Kind": "x"}, "Groups": []},
    {"Id": "a", "Detail": {"Kind": "x"}, "Names": []},
    {"Id": "a", "Detail": {"Kind": "x"}, "Names": ["a"], "Grid": [["b"], []], "Sparse": [None, "a"]},
    {"Id": "a", "Detail": {"Kind": "x"}, "Names": ["a", "b"], "Grid": [["b", "a"], ["c"]], "Sparse": [None]},
    {"Id": "a", "Detail": {"Kind": "x"}, "Names": ["b", "a"], "Grid": [], "Sparse": []},
    {"Id": "a", "Detail": {"Kind": "x"}, "Tags": {}, "ByName": {}},
    {"Id": "a", "Detail": {"Kind": "x"}, "Tags": {"color": "a"}, "ByName": {"x": {"State": "READY"}, "y": {"State": "READY"}}},
    {"Id": "a", "Detail": {"Kind": "x"}, "Tags": {"a-b": "a", "color": "b"}, "ByName": {"x": {"State": "READY"}, "y": {"State": "FAILED"}, "z": {}}},
]

RESPONSES = [(200, None, body) for body in BODIES]
# botocore knows the name of an exception only where that is its code.
RESPONSES += [(404, "NotFound", {}), (503, "Busy", {}), (400, "Busy", {}), (500, None, {})]


def state(waiter, response):
    for acceptor in waiter.acceptors:
        try:
            if acceptor.matcher_func(response):
                return acceptor.state
        except jmespath.exceptions.JMESPathTypeError:
            pass
    return "none"


def main():
    service = ServiceModel(json.loads((CASE / "service-2.json").read_text()), "waits")
    config = json.loads((CASE / "waiters-2.json").read_text())
    config["waiters"] = {name: waiter for name, waiter in config["waiters"].items() if not name.startswith("Refuse")}
    waiters = WaiterModel(config)
    parser = create_parser("rest-json")
    vectors = []
    for status, code, body in RESPONSES:
        headers = {"content-type": "application/json"} | ({"x-amzn-errortype": code} if code else {})
        text = json.dumps(body, ensure_ascii=False)
        states = {}
        for name in waiters.waiter_names:
            waiter = waiters.get_waiter(name)
            shape = service.operation_model(waiter.operation).output_shape
            response = parser.parse({"status_code": status, "headers": headers, "body": text.encode()}, shape)
            states.setdefault(state(waiter, response), []).append(name)
        vectors.append({"status": status, "code": code, "body": text, "states": states})
    source = f"botocore {botocore.__version__}, jmespath {jmespath.__version__}"
    lines = ",\n".join("    " + json.dumps(vector, ensure_ascii=False) for vector in vectors)
    sys.stdout.write(f'{{\n  "source": "{source}",\n  "vectors": [\n{lines}\n  ]\n}}\n')


main()
