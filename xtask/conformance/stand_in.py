"""The stand-in, by boto3: every family through its life, and every operation once."""

import argparse
import json
import re
import urllib.request
import warnings

import botocore.session
from botocore.config import Config
from botocore.exceptions import ClientError

from report import Report

CANDIDATES = [
    "a", "name", "Some text", "11111111-2222-3333-4444-555555555555", "+15555550100", "https://example.com/a", "s3://bucket/key",
    "a@example.com", "2026-01-02", "{}", "arn:aws:lambda:us-east-1:111122223333:function:f", "us-east-1", "VALUE", "1", "a.b",
    "arn:aws:connect:us-east-1:111122223333:instance/11111111-2222-3333-4444-555555555555", "2026-01-02T03:04:05Z", "en-US",
    "arn:aws:wisdom:us-east-1:111122223333:assistant/11111111-2222-3333-4444-555555555555", "00:00", "10.0.0.0/8", "/path",
]

FLOW = json.dumps({
    "Version": "2019-10-30", "StartAction": "end", "Actions": [{"Identifier": "end", "Type": "DisconnectParticipant"}],
})
CALL = {"QuickConnectType": "PHONE_NUMBER", "PhoneConfig": {"PhoneNumber": "+12065550100"}}
# What the documentation of an operation requires, and the model does not; None is what is known under the name.
DOCUMENTED = {
    "ClaimPhoneNumber": {"TargetArn": None},
    "CreateContactFlow": {"Content": FLOW},
    "CreateContactFlowModule": {"Content": FLOW},
    "CreateUser": {"Password": "Passw0rd"},
    "CreateQuickConnect": {"QuickConnectConfig": CALL},
    "SearchAvailablePhoneNumbers": {"TargetArn": None},
    "StartOutboundVoiceContact": {"QueueId": None},
    "StartTaskContact": {"ContactFlowId": None},
    "UpdateContactFlowContent": {"Content": FLOW},
    "UpdateContactFlowModuleContent": {"Content": FLOW},
    "UpdatePhoneNumber": {"TargetArn": None},
    "UpdateQuickConnectConfig": {"QuickConnectConfig": CALL},
}


class Inputs:
    """Valid values with no more than the model requires; members that name a resource name one that is there."""

    def __init__(self, known):
        self._known = known
        self._count = 0

    def structure(self, shape, given=()):
        """A value of an input, with the members that are given."""
        value = dict(given)
        for name in shape.required_members:
            if name not in value:
                value[name] = self.value(name, shape.members[name])
        return value

    def value(self, name, shape):
        """A value of a member."""
        kind = shape.type_name
        if name in self._known:
            # Versions are numbers to some operations and texts to others.
            known = self._known[name]
            return int(known) if kind in ("integer", "long") else str(known) if isinstance(known, int) else known
        if kind == "structure":
            if getattr(shape, "is_tagged_union", False):
                # The first member of some unions is a structure that has the union in it.
                last = list(shape.members)[-1]
                return {last: self.value(last, shape.members[last])}
            return self.structure(shape)
        if kind == "list":
            # `QueueIds` holds what `QueueId` is.
            return [self.value(name.removesuffix("s"), shape.member) for _ in range(max(1, shape.metadata.get("min", 1)))]
        if kind == "map":
            return {self.value("key", shape.key): self.value("value", shape.value)}
        if kind == "boolean":
            return True
        if kind == "timestamp":
            return 1_767_300_000
        if kind == "blob":
            return b"a"
        if kind in ("integer", "long", "float", "double", "short", "byte"):
            return max(1, int(shape.metadata.get("min", 1)))
        return self._text(name, shape)

    def _text(self, name, shape):
        if shape.enum:
            return shape.enum[0]
        self._count += 1
        least, most = shape.metadata.get("min", 0), shape.metadata.get("max", 10**6)
        candidates = [*CANDIDATES, "a" * least, "1" * least]
        if name.endswith("Name") or name in ("Title",):
            candidates.insert(0, f"{name}-{self._count}"[:most])
        pattern = shape.metadata.get("pattern")
        for text in candidates:
            if least <= len(text) <= most and (pattern is None or matches(pattern, text)):
                return text
        return "a" * max(1, least)


def matches(pattern, text):
    """Whether a text matches a pattern of the model; of one that Python cannot read, nothing is known."""
    # Upstream escapes some twice; overrides.toml mends them.
    pattern = pattern.replace("\\\\", "\\")
    try:
        return re.search(pattern.replace("\\p{", "[").replace("\\/", "/"), text) is not None
    except re.error:
        return True


def quiet():
    """Python warns of what patterns of the model mean in other languages."""
    warnings.simplefilter("ignore", FutureWarning)


class Walk:
    """A client of a stand-in, and what it has made there."""

    def __init__(self, url):
        self.url = url
        session = botocore.session.Session()
        session.set_config_variable("config_file", "/dev/null")
        session.set_config_variable("credentials_file", "/dev/null")
        self.client = session.create_client(
            "connect", endpoint_url=url, region_name="us-east-1", aws_access_key_id="a", aws_secret_access_key="b",
            config=Config(retries={"total_max_attempts": 1}, parameter_validation=False),
        )
        self.model = self.client.meta.service_model
        self.known = {}
        self.made = {}
        self.inputs = Inputs(self.known)

    def call(self, name, **given):
        """Calls an operation with what it requires and what is given."""
        documented = DOCUMENTED.get(name, {}).items()
        return self.send(name, {key: self.known[key] if value is None else value for key, value in documented} | given)

    def send(self, name, given):
        """Sends a call with what the model requires and what is given; returns its input and its output."""
        shape = self.model.operation_model(name).input_shape
        params = self.inputs.structure(shape, given) if shape else {}
        answer = self.client._make_api_call(name, params)
        answer.pop("ResponseMetadata", None)
        return params, answer

    def control(self, path, method="GET"):
        """Asks the control API."""
        request = urllib.request.Request(f"{self.url}/_stand_in/{path}", method=method)
        with urllib.request.urlopen(request) as response:
            return json.loads(response.read())

    def begin(self):
        """An instance, and one resource of each kind that a new one has, for others to refer to."""
        self.known.update(InstanceId=None)
        _, made = self.call("CreateInstance", IdentityManagementType="CONNECT_MANAGED", InstanceAlias="walk")
        self.known.update(InstanceId=made["Id"], TargetArn=made["Arn"], ResourceArn=made["Arn"])
        firsts = {
            "HoursOfOperationId": ("ListHoursOfOperations", "HoursOfOperationSummaryList"),
            "QueueId": ("ListQueues", "QueueSummaryList"),
            "RoutingProfileId": ("ListRoutingProfiles", "RoutingProfileSummaryList"),
            "SecurityProfileId": ("ListSecurityProfiles", "SecurityProfileSummaryList"),
            "AgentStatusId": ("ListAgentStatuses", "AgentStatusSummaryList"),
            "ContactFlowId": ("ListContactFlows", "ContactFlowSummaryList"),
        }
        for member, (operation, result) in firsts.items():
            self.known[member] = self.call(operation)[1][result][0]["Id"]
        self.known["DefaultOutboundQueueId"] = self.known["QueueId"]
        self.known["ContactId"] = self.call("StartTaskContact", Name="walk")[1]["ContactId"]
        self.known["InitialContactId"] = self.known["SourceContactId"] = self.known["ContactId"]


def steps(facts, family):
    """The operations of a family's life, by step."""
    found = {}
    for name, rule in facts["operations"].items():
        if rule.get("family") == family and "slot" not in rule:
            found.setdefault(rule["verb"], []).append(name)
    return found


def begin_life(walk, facts, family):
    """What is wrong with a resource that is created, described, updated, listed and searched; None where nothing is."""
    of = steps(facts, family["name"])
    if "create" not in of:
        return None
    label = family["labels"][-1]
    creation = sorted(of["create"])[0]
    first = walk.known.pop(label, None)
    try:
        params, made = walk.call(creation)
        identifier = identifier_of(family, params, made)
        if identifier is None:
            return f"{creation} answers no id: {made}"
        walk.known[label] = walk.made[family["name"]] = identifier
        for name in of.get("describe", []):
            if problem := agrees(params, walk.call(name)[1]):
                return f"{name}: {problem}"
        for verb in ("list", "search"):
            for name in of.get(verb, []):
                if not shows(walk, name, identifier):
                    return f"{name} does not show {identifier}"
        for name in of.get("update", []):
            walk.call(name)
        return None
    except ClientError as error:
        return str(error)
    finally:
        # The first instance has all that the others refer to.
        if first is not None:
            walk.known[label] = first


def shows(walk, name, identifier):
    """Whether a list shows a resource on any of its pages."""
    given = {}
    while True:
        answer = walk.call(name, **given)[1]
        if str(identifier) in json.dumps(answer, default=str):
            return True
        if not answer.get("NextToken"):
            return False
        given = {"NextToken": answer["NextToken"]}


def end_life(walk, facts, family):
    """What is wrong with the end of a resource; None where nothing is."""
    of = steps(facts, family["name"])
    if "create" not in of or "delete" not in of or family["name"] not in walk.made:
        return None
    label = family["labels"][-1]
    first = walk.known.get(label)
    # Some families have labels of the same name.
    walk.known[label] = walk.made[family["name"]]
    try:
        for name in of["delete"]:
            walk.call(name)
        for name in of.get("describe", []):
            try:
                walk.call(name)
                return f"{name} finds what is deleted"
            except ClientError as error:
                if error.response["ResponseMetadata"]["HTTPStatusCode"] not in (400, 404):
                    return f"{name}: {error}"
        return None
    except ClientError as error:
        return str(error)
    finally:
        walk.known[label] = first


def families(report, walk, facts):
    """Every family from its creation to its deletion. One that refers to another comes after it, and goes before it."""
    waiting, done = list(facts["families"]), []
    while waiting:
        later = []
        for family in waiting:
            problem = begin_life(walk, facts, family)
            if problem and "there is no " in problem:
                later.append((family, problem))
            else:
                report.check(f"{family['name']} begins", problem)
                done.append(family)
        if len(later) == len(waiting):
            for family, problem in later:
                report.fail(f"{family['name']} begins", problem)
            break
        waiting = [family for family, _ in later]
    for family in reversed(done):
        report.check(f"{family['name']} ends", end_life(walk, facts, family))


def identifier_of(family, params, made):
    """The id of a resource that was made: by its label, by `Id`, by a name, or within the structure of the answer."""
    label = family["labels"][-1]
    for name in (label, "Id", label.removesuffix("Id").removesuffix(family["name"]) + "Id"):
        if name in made:
            return made[name]
    for name, value in made.items():
        if isinstance(value, dict) and "Id" in value:
            return value["Id"]
        if name.endswith("Id"):
            return value
    if "Version" in made:
        return made["Version"]
    if isinstance(made.get("View"), dict):
        return made["View"].get("Version")
    return params.get(label) or params.get("Name") or params.get("Page")


def agrees(params, described):
    """Whether a description has what the creation gave, as far as they have members of the same names."""
    inner = next((value for value in described.values() if isinstance(value, dict)), described)
    for name in ("Name", "Description", "TimeZone", "Title", "Username"):
        if name in params and name in inner and params[name] != inner[name]:
            return f"{name} is {inner[name]!r} and was given as {params[name]!r}"
    return None


def every_operation(report, walk):
    """Each operation answers a success that botocore parses, or an exception that it declares or every service has."""
    common = {"ValidationException", "ThrottlingException"}
    for name in walk.model.operation_names:
        if name == "DeleteInstance":
            continue
        declared = {shape.name for shape in walk.model.operation_model(name).error_shapes}
        try:
            walk.call(name)
            report.check(name, None)
        except ClientError as error:
            code = error.response["Error"]["Code"]
            report.check(name, None if code in declared | common else f"it is not declared: {error}")


def arguments(about):
    """The address of the stand-in, and the facts of the crate."""
    parser = argparse.ArgumentParser(description=about)
    parser.add_argument("--url", required=True, help="where the stand-in is")
    parser.add_argument("--facts", required=True, help="the resources.json of the crate")
    args = parser.parse_args()
    quiet()
    with open(args.facts, encoding="utf-8") as file:
        return args.url, json.load(file)


def main():
    """Walks and prints the reports."""
    url, facts = arguments(__doc__)
    walk = Walk(url)
    walk.begin()
    report = Report("stand-in families")
    families(report, walk, facts)
    report.print()
    report = Report("stand-in operations")
    every_operation(report, walk)
    report.print()


if __name__ == "__main__":
    main()
