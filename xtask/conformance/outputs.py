"""Writes values of the model's shapes as a service would: status, headers and body, spelled in all the ways services do."""

import base64
import datetime
import json
from email.utils import formatdate

import values

# A member that no model knows; where a union has nothing else, botocore says its name and our client its value too.
UNKNOWN = values.UNKNOWN_MEMBER


class Outputs:
    """A writer that spells at random."""

    def __init__(self, random):
        self._random = random

    def response(self, shape, value):
        """A response, as `wire` takes it."""
        status, headers, rest = 200, {}, {}
        payload = shape.serialization.get("payload")
        for name, part in value.items():
            member = shape.members[name]
            wire_name = member.serialization.get("name", name)
            match member.serialization.get("location"):
                case "statusCode":
                    status = part = self._random.choice([200, 201, 202, 204, 299])
                case "header":
                    headers[wire_name] = self._text(member, part)
                case "headers":
                    headers.update({wire_name + key: text for key, text in part.items()})
                case _:
                    rest[name] = part
        if payload is None:
            return {"status": status, "headers": headers, "body": self._document(self._json(shape, rest))}
        if payload not in rest:
            return {"status": status, "headers": headers, "body": ""}
        member = shape.members[payload]
        if member.type_name == "blob":
            return {"status": status, "headers": headers, "body_base64": base64.b64encode(rest[payload]).decode()}
        body = rest[payload] if member.type_name == "string" else self._document(self._json(member, rest[payload]))
        return {"status": status, "headers": headers, "body": body}

    def exception(self, shape, value, told):
        """The body of an exception, with what it is told to say of itself. What a header says, no body repeats."""
        value = {name: part for name, part in value.items() if not shape.members[name].serialization.get("location")}
        return self._document({**self._json(shape, value), **told})

    def _document(self, value):
        indent = self._random.choice([None, None, 2])
        return json.dumps(value, ensure_ascii=self._random.random() < 0.5, indent=indent)

    def _json(self, shape, value):
        if getattr(shape, "is_document_type", False):
            return value
        return getattr(self, f"_{shape.type_name}", lambda _, part: part)(shape, value)

    def _structure(self, shape, value):
        members = shape.members
        json_value = {members[name].serialization.get("name", name): self._json(members[name], part)
                      for name, part in value.items()}
        if getattr(shape, "is_tagged_union", False):
            if self._random.random() < 0.1:
                json_value = dict([UNKNOWN])
            return self._with(json_value, {"__type": f"aws.connect#{shape.name}"})
        json_value = self._with(json_value, {name: None for name in members if name not in value})
        json_value = self._with(json_value, dict([UNKNOWN]))
        pairs = list(json_value.items())
        self._random.shuffle(pairs)
        return dict(pairs)

    def _with(self, json_value, more):
        """What is passed over when it is read, once in a while."""
        return {**more, **json_value} if self._random.random() < 0.1 else json_value

    def _list(self, shape, value):
        return [self._json(shape.member, part) for part in value]

    def _map(self, shape, value):
        return {key: self._json(shape.value, part) for key, part in value.items()}

    def _blob(self, _, value):
        return base64.b64encode(value).decode()

    def _timestamp(self, _, value):
        spell = self._random.choice([values.epoch, values.epoch, iso, http_date])
        # A date of HTTP has no fractions, and no years before the thousandth.
        return iso(value) if spell is http_date and value.microsecond else spell(value)

    def _number(self, _, value):
        # Connect has sent numbers as strings: botocore reads them, and so do we.
        return str(value) if self._random.random() < 0.1 else value

    _integer = _long = _number

    def _boolean(self, _, value):
        return str(value).lower() if self._random.random() < 0.1 else value

    def _double(self, _, value):
        return values.special(value)

    _float = _double

    def _text(self, shape, value):
        """The text of a header."""
        if shape.serialization.get("jsonvalue"):
            return base64.b64encode(json.dumps(value).encode()).decode()
        match shape.type_name:
            case "timestamp":
                return http_date(value)
            case "boolean":
                return str(value).lower()
            case "list":
                return ", ".join(str(part) for part in value)
            case _:
                return str(value)


def iso(value):
    """ISO 8601, with a fraction where there is one."""
    text = value.astimezone(datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%S").zfill(19)
    return f"{text}.{value.microsecond:06d}Z" if value.microsecond else f"{text}Z"


def http_date(value):
    """The date of HTTP's headers."""
    return formatdate(value.timestamp(), usegmt=True)
