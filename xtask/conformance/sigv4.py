"""The published suite of Signature Version 4: each request through our signer, compared at every stage.

The suite has requests as a person would write them. What an HTTP client does before it signs is done here: folded headers
become one line, and what is not ASCII in a query string is encoded.
"""

import argparse
import json
import pathlib
import re
import subprocess
from urllib.parse import quote

import compare
from report import Report

STAGES = {"canonical_request": ".creq", "string_to_sign": ".sts", "authorization": ".authz"}


def main():
    """Runs the suite and prints the report."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sign", required=True, help="the program that signs")
    parser.add_argument("--tests", required=True, type=pathlib.Path, help="the folder of the suite")
    args = parser.parse_args()
    paths = sorted(args.tests.rglob("*.req"))
    questions = "".join(json.dumps(question(path)) + "\n" for path in paths)
    signer = subprocess.run([args.sign], input=questions.encode(), stdout=subprocess.PIPE, check=True)
    answers = signer.stdout.decode().splitlines()
    if len(answers) != len(paths):
        raise SystemExit(f"{len(answers)} answers to {len(paths)} questions")
    report = Report("sigv4")
    for path, answer in zip(paths, answers):
        report.check(path.stem, compare.difference(json.loads(answer), expected(path)))
    report.print()


def question(path):
    """A request of the suite, as the signer takes it."""
    head, _, body = read(path).partition("\n\n")
    # A line that begins with white space belongs to the header before it.
    request_line, *headers = re.sub(r"\n[ \t]+", " ", head).split("\n")
    # A space in a path is one: the method ends at the first, and the version begins at the last.
    method, _, rest = request_line.partition(" ")
    target = rest.rpartition(" ")[0]
    route, _, query = target.partition("?")
    pairs = [header.split(":", 1) for header in headers if header]
    token = re.search("^x-amz-security-token:(.*)$", read(path.with_suffix(".creq")), re.MULTILINE)
    if token and not any(name.lower() == "x-amz-security-token" for name, _ in pairs):
        pairs.append(["x-amz-security-token", token[1]])
    return {"method": method, "path": route, "query": quote(query, safe="%=&~-._"), "headers": pairs, "body": body}


def expected(path):
    """What the suite says at every stage."""
    return {stage: read(path.with_suffix(suffix)) for stage, suffix in STAGES.items()}


def read(path):
    """A text of the suite, which has line ends of two kinds."""
    return path.read_text(encoding="utf-8").replace("\r", "")


if __name__ == "__main__":
    main()
