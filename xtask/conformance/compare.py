"""Says in which place two JSON values differ; what Python takes for equal and JSON does not (True and 1) is different."""

import json


def difference(ours, theirs, path="$"):
    """The first difference, in words; None where there is none. A number is the same however it is spelled."""
    if isinstance(ours, dict) and isinstance(theirs, dict):
        for key in [*theirs, *ours]:
            if key not in theirs:
                return f"{path}.{key}: only ours has {clip(ours[key])}"
            if key not in ours:
                return f"{path}.{key}: only theirs has {clip(theirs[key])}"
            if found := difference(ours[key], theirs[key], f"{path}.{key}"):
                return found
        return None
    if isinstance(ours, list) and isinstance(theirs, list):
        if len(ours) != len(theirs):
            return f"{path}: ours has {len(ours)} elements, theirs {len(theirs)}"
        pairs = enumerate(zip(ours, theirs))
        return next(filter(None, (difference(a, b, f"{path}[{index}]") for index, (a, b) in pairs)), None)
    if kind(ours) == kind(theirs) and ours == theirs:
        return None
    return f"{path}: ours is {clip(ours)}, theirs {clip(theirs)}"


def kind(value):
    """What JSON calls the type of a scalar."""
    return "number" if isinstance(value, (int, float)) and not isinstance(value, bool) else type(value)


def clip(value):
    """A value as a message shows it."""
    text = json.dumps(value, ensure_ascii=True, default=repr)
    return text if len(text) <= 300 else text[:300] + "…"


def parse(text):
    """JSON in which no key comes twice; Python itself would keep the last."""

    def unique(pairs):
        value = dict(pairs)
        if len(value) != len(pairs):
            raise ValueError(f"a key comes twice in {[key for key, _ in pairs]}")
        return value

    return json.loads(text, object_pairs_hook=unique)
