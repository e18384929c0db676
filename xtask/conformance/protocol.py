"""botocore's own restJson1 suites: cases of requests and of responses, asked of a `wire` that has every suite as a service."""

import argparse
import json
import pathlib

import protocol_input
import protocol_output
from botocore.model import OperationModel, ServiceModel
from report import Report
from wire import Wire

SUITES = {"input": protocol_input, "output": protocol_output}


def main():
    """Runs the suites and prints their reports."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--wire", required=True, help="the program to question")
    parser.add_argument("--tests", required=True, type=pathlib.Path, help="the folder with input and output")
    args = parser.parse_args()
    for kind, judge in SUITES.items():
        report = Report(f"protocol {kind}")
        suites = json.loads((args.tests / kind / "rest-json.json").read_text(encoding="utf-8"))
        for index, suite in enumerate(suites):
            endpoint = suite.get("clientEndpoint")
            flags = ["--endpoint-url", endpoint] if endpoint else []
            wire = Wire(args.wire, "--service", f"{kind} {index}", *flags)
            for case in suite["cases"]:
                model = ServiceModel({**suite, "operations": {case["given"]["name"]: case["given"]}})
                # Not by name: a name that comes from a test need not be one that botocore takes.
                operation = OperationModel(case["given"], model, case["given"]["name"])
                reason = judge.SKIPPED.get(case["id"])
                problem = judge.one(wire, model, operation, case)
                if reason and problem:
                    report.skip(case["id"], reason)
                elif reason:
                    report.fail(case["id"], f"it is skipped ({reason}) and would pass")
                else:
                    report.check(case["id"], problem)
            wire.close()
        report.print()


if __name__ == "__main__":
    main()
