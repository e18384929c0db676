"""Turns values as botocore has them into values as `wire` has them, by the shapes of the model."""

import base64
import datetime
import json
import math

EPOCH = datetime.datetime(1970, 1, 1, tzinfo=datetime.timezone.utc)
MICROSECOND = datetime.timedelta(microseconds=1)
# Sent by `outputs` where a union might have a member that is newer than the model.
UNKNOWN_MEMBER = ("SomethingNew", {"since": [1, "two", None]})


def to_wire(shape, value):
    """A value of a shape: timestamps as epoch seconds, blobs in base64, what is no number as a string."""
    if value is None:
        return None
    kind = shape.type_name
    if getattr(shape, "is_document_type", False):
        return value
    if shape.serialization.get("jsonvalue"):
        # A document here, as botocore's callers have it. Its test suites have the text of one.
        return json.loads(value) if isinstance(value, str) else value
    if kind == "structure" and "SDK_UNKNOWN_MEMBER" in value:
        return dict([UNKNOWN_MEMBER])
    if kind == "structure":
        return {name: member(shape, name, part) for name, part in value.items()}
    if kind == "list":
        return [to_wire(shape.member, part) for part in value]
    if kind == "map":
        return {key: to_wire(shape.value, part) for key, part in value.items()}
    if kind == "blob":
        return base64.b64encode(value.encode() if isinstance(value, str) else value).decode()
    if kind == "timestamp":
        return epoch(value)
    if kind in ("float", "double"):
        return special(value)
    return value


def member(shape, name, value):
    """A member; one that the model does not know is as it was sent."""
    return to_wire(shape.members[name], value) if name in shape.members else value


def epoch(value):
    """A point in time as seconds since the epoch, whole where they are."""
    if not isinstance(value, datetime.datetime):
        return value
    microseconds = (value - EPOCH) // MICROSECOND
    seconds, rest = divmod(microseconds, 10**6)
    return seconds if rest == 0 else microseconds / 10**6


def special(value):
    """A float, or the string that stands for what JSON has no number for."""
    if not isinstance(value, float) or math.isfinite(value):
        return value
    return "NaN" if math.isnan(value) else "Infinity" if value > 0 else "-Infinity"


def without_defaults(shape, ours, theirs):
    """Our value without the members that the model requires and the service left out: there, ours has defaults.

    botocore has nothing there, and its callers find out when they look.
    """
    kind = shape.type_name
    if kind == "structure" and isinstance(ours, dict) and isinstance(theirs, dict):
        kept = {}
        for name, part in ours.items():
            member_shape = shape.members.get(name)
            if name not in theirs and name in shape.required_members and part == default(member_shape):
                continue
            kept[name] = without_defaults(member_shape, part, theirs.get(name)) if member_shape else part
        return kept
    if kind == "list" and isinstance(ours, list) and isinstance(theirs, list):
        return [without_defaults(shape.member, *pair) for pair in zip(ours, theirs)] + ours[len(theirs) :]
    if kind == "map" and isinstance(ours, dict) and isinstance(theirs, dict):
        return {key: without_defaults(shape.value, part, theirs.get(key)) for key, part in ours.items()}
    return ours


def default(shape):
    """What a required member is that was not sent."""
    if getattr(shape, "is_document_type", False):
        return None
    if shape.type_name == "structure":
        if getattr(shape, "is_tagged_union", False):
            return {}
        return {name: default(shape.members[name]) for name in shape.required_members}
    empty = {"list": [], "map": {}, "boolean": False, "string": "", "character": "", "blob": ""}
    return empty.get(shape.type_name, 0)
