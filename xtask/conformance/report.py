"""What a suite found out: counts, reasons, and the first failures, as one line of JSON for `cargo xtask conformance`."""

import json
from collections import Counter


class Report:
    """Counts the cases of one suite."""

    # What comes after rarely says more.
    SHOWN = 20

    def __init__(self, suite):
        self.suite = suite
        self.passed = 0
        self.failed = 0
        self.skipped = Counter()
        self.failures = []

    def check(self, case, problem):
        """Counts a case as failed where there is a problem, else as passed."""
        if problem is None:
            self.passed += 1
        else:
            self.fail(case, problem)

    def fail(self, case, problem):
        """Counts a case as failed."""
        self.failed += 1
        if len(self.failures) < self.SHOWN:
            self.failures.append({"case": case, "problem": problem})

    def skip(self, case, reason):
        """Counts a case as one that cannot be run, and says which and why."""
        self.skipped[f"{case}: {reason}"] += 1

    def print(self):
        """Hands the report to whoever started this process."""
        report = {
            "suite": self.suite,
            "passed": self.passed,
            "failed": self.failed,
            "skipped": dict(self.skipped),
            "failures": self.failures,
        }
        print(json.dumps(report), flush=True)
