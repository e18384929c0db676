"""The stand-in beside moto: each operation that moto has of Connect is asked of both, and their answers are compared."""

import argparse
import os
import re

import boto3
from botocore import xform_name
from botocore.config import Config
from botocore.exceptions import ClientError

from moto.connect.responses import ConnectResponse
from report import Report

# What differs by design, or because moto is wrong: what is compared is written by `shape_of` with these replaced.
UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
ACCOUNT = re.compile(r"\b(?:111122223333|123456789012)\b")


def shape_of(value, name=""):
    """An answer without what is new in each: identifiers, accounts and times."""
    if isinstance(value, dict):
        # An instance that was just made is not active yet; moto's is at once.
        return {
            key: "a status" if key == "InstanceStatus" else shape_of(inner, key)
            for key, inner in value.items() if key not in ("ResponseMetadata", "CreatedTime")
        }
    if isinstance(value, list):
        # The service says nothing of the order of a list.
        return sorted((shape_of(inner, name) for inner in value), key=str)
    if isinstance(value, str):
        return ACCOUNT.sub("account", UUID.sub("an id", value))
    return value


class Peer:
    """A server of Connect, and the answers of it."""

    def __init__(self, url):
        self._client = boto3.client(
            "connect", endpoint_url=url, region_name="us-east-1", aws_access_key_id="a", aws_secret_access_key="b",
            config=Config(retries={"total_max_attempts": 1}),
        )
        self.asked = set()
        self.made = {}

    def ask(self, operation, **params):
        """An answer; of a refusal its code and its status."""
        self.asked.add(operation)
        params = {key: self._resolved(value) for key, value in params.items()}
        try:
            return getattr(self._client, xform_name(operation))(**params)
        except ClientError as error:
            return {"refused": error.response["Error"]["Code"], "status": error.response["ResponseMetadata"]["HTTPStatusCode"]}

    def _resolved(self, value):
        return self.made.get(value, value) if isinstance(value, str) else value


# Steps in their order: operation and input; `$id` and `$arn` are those of the instance that each peer made.
STEPS = [
    ("CreateInstance", {
        "IdentityManagementType": "CONNECT_MANAGED", "InstanceAlias": "peer", "InboundCallsEnabled": True,
        "OutboundCallsEnabled": False, "Tags": {"a": "b"},
    }),
    ("DescribeInstance", {"InstanceId": "$id"}),
    ("ListInstances", {}),
    ("ListInstances", {"MaxResults": 1}),
    ("ListTagsForResource", {"resourceArn": "$arn"}),
    ("TagResource", {"resourceArn": "$arn", "tags": {"c": "d", "a": "e"}}),
    ("ListTagsForResource", {"resourceArn": "$arn"}),
    ("UntagResource", {"resourceArn": "$arn", "tagKeys": ["a", "nothing"]}),
    ("ListTagsForResource", {"resourceArn": "$arn"}),
    ("ListAnalyticsDataAssociations", {"InstanceId": "$id"}),
    ("AssociateAnalyticsDataSet", {"InstanceId": "$id", "DataSetId": "contact_record", "TargetAccountId": "222233334444"}),
    ("AssociateAnalyticsDataSet", {"InstanceId": "$id", "DataSetId": "agent_statistics"}),
    ("ListAnalyticsDataAssociations", {"InstanceId": "$id"}),
    ("ListAnalyticsDataAssociations", {"InstanceId": "$id", "DataSetId": "contact_record"}),
    ("AssociateAnalyticsDataSet", {"InstanceId": "$id", "DataSetId": "contact_record"}),
    ("DisassociateAnalyticsDataSet", {"InstanceId": "$id", "DataSetId": "contact_record"}),
    ("ListAnalyticsDataAssociations", {"InstanceId": "$id"}),
    ("DisassociateAnalyticsDataSet", {"InstanceId": "$id", "DataSetId": "contact_record"}),
    ("DeleteInstance", {"InstanceId": "$id"}),
    ("ListInstances", {}),
    ("DescribeInstance", {"InstanceId": "$id"}),
    ("DeleteInstance", {"InstanceId": "$id"}),
    ("ListAnalyticsDataAssociations", {"InstanceId": "$id"}),
    ("AssociateAnalyticsDataSet", {"InstanceId": "$id", "DataSetId": "contact_record"}),
    ("DisassociateAnalyticsDataSet", {"InstanceId": "$id", "DataSetId": "contact_record"}),
]


def compare(report, ours, moto):
    """Asks both, step by step."""
    for number, (operation, params) in enumerate(STEPS, 1):
        one, other = ours.ask(operation, **params), moto.ask(operation, **params)
        if operation == "CreateInstance":
            for peer, made in ((ours, one), (moto, other)):
                peer.made.update({"$id": made.get("Id"), "$arn": made.get("Arn")})
        one, other = shape_of(one), shape_of(other)
        report.check(f"step {number}, {operation}", None if one == other else f"{one} and moto's {other}")


def main():
    """Compares and prints the report."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--url", required=True, help="where the stand-in is")
    parser.add_argument("--moto", required=True, help="where moto's server is")
    args = parser.parse_args()
    os.environ.update(AWS_CONFIG_FILE=os.devnull, AWS_SHARED_CREDENTIALS_FILE=os.devnull)
    report = Report("stand-in beside moto")
    ours, moto = Peer(args.url), Peer(args.moto)
    compare(report, ours, moto)
    known = {name for name in vars(ConnectResponse) if not name.startswith("_")} - {"connect_backend"}
    missing = known - {xform_name(name) for name in ours.asked}
    report.check("every operation of moto", f"not asked: {', '.join(sorted(missing))}" if missing else None)
    report.print()


if __name__ == "__main__":
    main()
