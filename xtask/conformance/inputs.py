"""Random values of the model's shapes, as botocore takes them."""

import datetime

# What breaks encoders: separators, what looks encoded already, what is encoded in several bytes, what is no character.
AWKWARD = [
    "arn:aws:connect:us-west-2:123456789012:instance/11111111-2222-3333-4444-555555555555",
    "arn:aws:connect:us-west-2:123456789012:instance/a b/contact/c+d%2F",
    "with space", " lead and trail ", "two  spaces", "a/b//c/", "/", "//", "a/../b", "./a", "...", "100%", "%2F%2f%",
    "a+b", "+", "a&b=c?d#e", "=", "&", ";", ":@,;$", "~-._", "*'()!", "[]{}|\\^`<>", "{InstanceId}", "\"quoted\"",
    "back\\slash", "a,b", "\",\"", "ünïcödé", "ÿ", "日本語", "😀", "e\u0301", "\u2028\u2029", "\ufeff", "\ud7ff\ue000",
    "\x01\x02\x1f", "\x7f", "\t", "tab\tin", "\r\n", "\n", "\0", "a\0b", "null", "true", "1", "NaN", "0x10", "",
    "𐍈", "x" * 300, "ß" * 200,
]
PLAIN = ["a", "contact-1", "11111111-2222-3333-4444-555555555555", "Some text", "VALUE_OF_SOMETHING"]
INTEGERS = [0, 1, -1, 7, 255, 65536, 2**31 - 1, -(2**31)]
LONGS = [*INTEGERS, 2**53 + 1, -(2**53) - 1, 2**63 - 1, -(2**63)]
DOUBLES = [0.0, 1.0, -1.5, 0.1, 1e-7, 1e16, 123456789.123456, 5e-324, 1.7976931348623157e308, 2.0**60]
# Floats of four bytes that have few digits: the eight-byte spelling of any other has more than ours.
FLOATS = [0.0, 1.0, -1.5, 0.125, 1024.25, 16777216.0]
SPECIAL = [float("nan"), float("inf"), float("-inf")]
TIMES = [0, 1, 1_700_000_000, 1_767_323_045, 4_102_444_800, -1, -86_400 * 365, 951_782_400]
# Too far off for a float to have a fraction of them.
FAR = 253_402_300_799
FRACTIONS = [0, 0, 500_000, 123_000, 1, 999_999]


class Inputs:
    """A source of values. `style` says which members are there, `awkward` what texts are like."""

    STYLES = ("all", "required", "some")

    def __init__(self, random, style, awkward):
        self._random = random
        self._style = style
        self._awkward = awkward
        self._depth = 0

    def value(self, shape):
        """A value of a shape."""
        if getattr(shape, "is_document_type", False) or shape.serialization.get("jsonvalue"):
            return {"any": ["thing", 1, None, True]}
        self._depth += 1
        try:
            return getattr(self, f"_{shape.type_name}")(shape)
        finally:
            self._depth -= 1

    def _structure(self, shape):
        if getattr(shape, "is_tagged_union", False):
            # At the bottom, a member that does not go deeper.
            names = [name for name, member in shape.members.items() if self._depth < 8 or is_scalar(member)]
            name = self._random.choice(names or list(shape.members))
            return {name: self.value(shape.members[name])}
        return {name: self.value(member) for name, member in shape.members.items() if self._takes(shape, name, member)}

    def _takes(self, shape, name, member):
        if name in shape.required_members:
            return True
        # Shapes that contain themselves come to an end, and those that contain many others too.
        if self._style == "required" or (self._depth > 6 and not is_scalar(member)) or self._depth > 12:
            return False
        return self._style == "all" or self._random.random() < 0.5

    def _list(self, shape):
        return [self.value(shape.member) for _ in range(self._count())]

    def _map(self, shape):
        return {self.value(shape.key): self.value(shape.value) for _ in range(self._count())}

    def _count(self):
        return self._random.choice([1, 1, 2, 3] if self._depth < 5 else [0, 1, 1])

    def _string(self, shape):
        if shape.enum and self._random.random() < 0.9:
            return self._random.choice(shape.enum)
        if self._awkward:
            # Two in one, now and then: what is right alone may be wrong beside another.
            return "".join(self._random.choice(AWKWARD) for _ in range(self._random.choice([1, 1, 1, 2])))
        return self._random.choice(PLAIN)

    _character = _string

    def _blob(self, _):
        return self._random.randbytes(self._random.choice([0, 1, 2, 3, 40]))

    def _integer(self, _):
        return self._random.choice(INTEGERS)

    def _long(self, _):
        return self._random.choice(LONGS)

    def _double(self, _):
        return self._random.choice(DOUBLES + (SPECIAL if self._awkward else []))

    def _float(self, _):
        return self._random.choice(FLOATS + (SPECIAL if self._awkward else []))

    def _boolean(self, _):
        return self._random.random() < 0.5

    def _timestamp(self, _):
        since = datetime.timedelta(seconds=self._random.choice(TIMES), microseconds=self._random.choice(FRACTIONS))
        if self._random.random() < 0.05:
            since = datetime.timedelta(seconds=FAR)
        return datetime.datetime(1970, 1, 1, tzinfo=datetime.timezone.utc) + since


def is_scalar(shape):
    """Whether values of a shape hold no others."""
    return shape.type_name not in ("structure", "list", "map")
