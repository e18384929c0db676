"""Every operation of a service against botocore: random inputs, random responses, every modelled exception."""

import argparse
import random

import live_exceptions
import live_requests
import live_responses
import live_server
import oracle
from report import Report
from wire import Wire


def main():
    """Runs the suites and prints their reports."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--wire", required=True, help="the program to question")
    parser.add_argument("--service", required=True, help="the service, by its name in botocore")
    parser.add_argument("--seed", type=int, required=True)
    parser.add_argument("--cases", type=int, required=True, help="rounds over all operations")
    args = parser.parse_args()
    judge = oracle.Oracle(args.service)
    wire = Wire(args.wire, "--region", oracle.REGION, "--service", args.service)
    suites = {"requests": live_requests, "responses": live_responses, "exceptions": live_exceptions}
    for name, suite in suites.items():
        report = Report(f"live {name}, {args.service}")
        # Each suite has a source of its own: what one takes from it does not change the cases of the next.
        suite.run(report, judge, wire, random.Random(f"{args.seed} {name}"), args.cases)
        report.print()
    server = {"server requests": live_server.requests, "server responses": live_server.responses}
    for name, suite in server.items():
        report = Report(f"live {name}, {args.service}")
        suite(report, judge, wire, random.Random(f"{args.seed} {name}"), args.cases)
        report.print()
    wire.close()


if __name__ == "__main__":
    main()
