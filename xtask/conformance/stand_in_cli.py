"""The stand-in, by the AWS CLI: every family through its life from the CLI's own skeletons, and what scripts do besides."""

import contextlib
import io
import json
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from botocore import xform_name
from botocore.exceptions import ClientError

from report import Report
from stand_in import Walk, arguments, families

# What an answer of the CLI says of an exception.
ERROR = re.compile(r"An error occurred \((\w+)\) when calling the (\w+) operation[^:]*: (.*)", re.DOTALL)

# A script as people write it: it creates, polls until a status is reached, pages, queries, tags and deletes.
SCRIPT = """
set -euo pipefail
instance=$(aws connect create-instance --identity-management-type CONNECT_MANAGED --instance-alias script \\
    --inbound-calls-enabled --outbound-calls-enabled --query Id --output text)
until [ "$(aws connect describe-instance --instance-id "$instance" --query Instance.InstanceStatus --output text)" = ACTIVE ]
do sleep 0.1; done
hours=$(aws connect list-hours-of-operations --instance-id "$instance" --query 'HoursOfOperationSummaryList[0].Id' --output text)
queue=$(aws connect create-queue --instance-id "$instance" --name "One & two" --hours-of-operation-id "$hours" \\
    --tags team=a,stage=b --query QueueArn --output text)
aws connect tag-resource --resource-arn "$queue" --tags stage=c
aws connect list-tags-for-resource --resource-arn "$queue" --query 'tags.stage' --output text
aws connect list-queues --instance-id "$instance" --page-size 1 --query 'QueueSummaryList[].Name' --output text
aws connect list-queues --instance-id "$instance" --max-items 1 --query 'length(QueueSummaryList)'
aws connect update-queue-status --instance-id "$instance" --queue-id "${queue##*/}" --status DISABLED
aws connect describe-queue --instance-id "$instance" --queue-id "${queue##*/}" --query Queue.Status --output text
aws connect search-queues --instance-id "$instance" \\
    --search-criteria 'StringCondition={FieldName=name,Value=one,ComparisonType=STARTS_WITH}' \\
    --query 'Queues[].Name' --output text
aws connect delete-queue --instance-id "$instance" --queue-id "${queue##*/}"
if aws connect describe-queue --instance-id "$instance" --queue-id "${queue##*/}" 2>error.txt; then exit 9; fi
grep -o ResourceNotFoundException error.txt
aws connect delete-instance --instance-id "$instance"
"""

# What it prints.
PRINTED = ["c", "BasicQueue", "One & two", "1", "DISABLED", "One & two", "ResourceNotFoundException"]


class CliWalk(Walk):
    """The same walk, whose calls are commands of the AWS CLI in this process."""

    def __init__(self, url):
        super().__init__(url)
        # The CLI's module reads the environment when it is loaded.
        from awscli.clidriver import create_clidriver

        self._driver = create_clidriver
        self.calls = 0
        self.skeletons = {}

    def command(self, *words):
        """The status and the two outputs of a command."""
        out, error = io.StringIO(), io.StringIO()
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(error):
            try:
                # Handlers of a command stay with its driver: each command has a driver of its own, as each process has.
                status = self._driver().main(["--endpoint-url", self.url, "--output", "json", "connect", *words])
            except SystemExit as ended:
                status = ended.code
        return status, out.getvalue(), error.getvalue()

    def skeleton(self, name):
        """What the CLI writes for people to fill in."""
        if name not in self.skeletons:
            status, out, error = self.command(xform_name(name, "-"), "--generate-cli-skeleton")
            if status:
                raise RuntimeError(f"the skeleton of {name}: {status}, {error}")
            self.skeletons[name] = json.loads(out)
        return self.skeletons[name]

    def send(self, name, given):
        """Calls an operation by its skeleton, filled in with what is required and what is given."""
        shape = self.model.operation_model(name).input_shape
        if shape is None:
            params = {}
        else:
            skeleton = self.skeleton(name)
            wanted = self.inputs.structure(shape, given)
            # A member that the skeleton does not offer cannot be filled in.
            params = {member: wanted[member] for member in skeleton if member in wanted}
            missing = set(wanted) - set(params)
            if missing:
                raise RuntimeError(f"the skeleton of {name} has no {', '.join(sorted(missing))}")
        self.calls += 1
        text = json.dumps(params, default=lambda blob: blob.decode())
        status, out, error = self.command(xform_name(name, "-"), "--cli-input-json", text)
        if status == 0:
            return params, json.loads(out) if out.strip() else {}
        told = ERROR.search(error)
        # What the CLI itself refuses is no refusal of the service.
        code, operation, message = told.groups() if told else (f"exit status {status}", name, error.strip()[-400:])
        # The CLI says no status; what is asked of it here is only that the call was refused.
        answered = {"HTTPStatusCode": 400 if told else 0}
        response = {"Error": {"Code": code, "Message": message}, "ResponseMetadata": answered}
        raise ClientError(response, operation)


def environment(url):
    """The environment of the CLI: nothing of this machine's."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("AWS_")}
    return kept | {
        "AWS_ACCESS_KEY_ID": "a", "AWS_SECRET_ACCESS_KEY": "b", "AWS_DEFAULT_REGION": "us-east-1",
        "AWS_CONFIG_FILE": os.devnull, "AWS_SHARED_CREDENTIALS_FILE": os.devnull, "AWS_EC2_METADATA_DISABLED": "true",
        "AWS_MAX_ATTEMPTS": "1", "AWS_PAGER": "", "AWS_ENDPOINT_URL_CONNECT": url,
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{kept.get('PATH', '')}",
    }


def script(report):
    """Runs the script with the program `aws`."""
    with tempfile.TemporaryDirectory() as folder:
        run = subprocess.run(
            ["bash", "-c", SCRIPT], cwd=folder, capture_output=True, text=True, timeout=300, check=False,
        )
    printed = [line for line in run.stdout.splitlines() if line != "None"]
    problem = None
    if run.returncode or printed != PRINTED:
        problem = f"it ended with {run.returncode} and printed {printed}: {run.stderr.strip()[-400:]}"
    report.check("a script", problem)


def main():
    """Walks and prints the report."""
    url, facts = arguments(__doc__)
    fresh = environment(url)
    os.environ.clear()
    os.environ.update(fresh)
    walk = CliWalk(url)
    walk.begin()
    report = Report("stand-in, by the AWS CLI")
    families(report, walk, facts)
    script(report)
    # The table of all suites says what was walked.
    report.suite = f"stand-in, by the AWS CLI: {len(walk.made)} families, {len(walk.skeletons)} skeletons, {walk.calls} commands"
    report.print()


if __name__ == "__main__":
    main()
