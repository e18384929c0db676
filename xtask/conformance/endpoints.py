"""The endpoint cases that AWS publishes beside a rule set, asked of `wire`: which URL a call goes to, or why to none."""

import argparse
import json

import compare
import wire
from report import Report

AT = "2026-01-02T03:04:05Z"


def main():
    """Runs the cases and prints the report."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--wire", required=True, help="the program to question")
    parser.add_argument("--service", required=True, help="the service, by its name in botocore")
    parser.add_argument("--tests", required=True, help="the endpoint-tests-1.json of the service")
    args = parser.parse_args()
    with open(args.tests, encoding="utf-8") as file:
        cases = json.load(file)["testCases"]
    # Any operation without inputs in the path: nothing follows the endpoint but a constant.
    service = ("--service", args.service)
    operations = wire.operations(args.wire, *service)
    operation = next(operation for operation in operations if "{" not in operation["uri"])
    report = Report(f"endpoints, {args.service}")
    for case in cases:
        report.check(case["documentation"], one((args.wire, *service), operation, case))
    report.print()


def one(command, operation, case):
    """What is wrong with the answer to a case."""
    params, expected = case.get("params", {}), case["expect"]
    url, message = ask(command, operation, params)
    if "Region" not in params:
        # The endpoint can be custom and need no region. The signature needs one, and our client says so before it sends.
        if message is None or "no region is set" not in message:
            return f"without a region, ours is {url or message}"
        if "endpoint" not in expected:
            return None
        url, message = ask(command, operation, {**params, "Region": "us-east-1"})
    if "endpoint" in expected:
        return compare.difference(url or message, expected["endpoint"]["url"] + operation["uri"])
    return None if expected["error"] in (message or "") else f"ours is {url or message}, theirs {expected['error']}"


def ask(command, operation, params):
    """The URL that a call goes to, or the message that it goes to none."""
    flags = ["--region", params.get("Region", "")]
    flags += ["--endpoint-url", params["Endpoint"]] if "Endpoint" in params else []
    flags += ["--fips"] if params.get("UseFIPS") else []
    flags += ["--dual-stack"] if params.get("UseDualStack") else []
    peer = wire.Wire(*command, *flags)
    answer = peer.build(operation["name"], {}, AT)
    peer.close()
    return answer.get("url"), answer.get("error", {}).get("message")


if __name__ == "__main__":
    main()
