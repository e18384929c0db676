"""Records what botocore's decoder of event streams makes of bytes, good and bad.

Run it where botocore is installed: `python3 vectors.py > vectors.json`. The tests beside it read the file, so that they need no Python.
The bytes are put together here from the specification of the format, and botocore (`botocore.eventstream`) is the judge of them.
"""

import json
import struct
import sys
import uuid
from zlib import crc32

import botocore
from botocore.eventstream import EventStreamBuffer

TYPES = {"byte": (2, "!b"), "short": (3, "!h"), "integer": (4, "!i"), "long": (5, "!q"), "timestamp": (8, "!q")}


def header(name, kind, value):
    name = name if isinstance(name, bytes) else name.encode()
    head = struct.pack("!B", len(name)) + name
    if kind == "boolean":
        return head + (b"\x00" if value else b"\x01")
    if kind in ("bytes", "text"):
        value = value if isinstance(value, bytes) else value.encode()
        return head + struct.pack("!BH", 6 if kind == "bytes" else 7, len(value)) + value
    if kind == "uuid":
        return head + b"\x09" + value
    code, layout = TYPES[kind]
    return head + struct.pack("!B", code) + struct.pack(layout, value)


def message(headers, payload, total=None, length=None, prelude_crc=None, crc=None):
    headers = b"".join(header(*one) if isinstance(one, tuple) else one for one in headers)
    total = 16 + len(headers) + len(payload) if total is None else total
    prelude = struct.pack("!II", total, len(headers) if length is None else length)
    prelude += struct.pack("!I", crc32(prelude) if prelude_crc is None else prelude_crc)
    data = prelude + headers + payload
    return data + struct.pack("!I", crc32(data) if crc is None else crc)


def judge(data):
    buffer = EventStreamBuffer()
    buffer.add_data(data)
    messages = []
    try:
        for one in buffer:
            messages.append({"headers": {name: shown(value) for name, value in one.headers.items()}, "payload": one.payload.hex()})
    except Exception as error:
        return {"error": type(error).__name__, "messages": messages}
    return {"messages": messages, "left": len(buffer._data)}


def shown(value):
    return {"bytes": value.hex()} if isinstance(value, bytes) else value


ALL = [
    ("a", "boolean", True),
    ("b", "boolean", False),
    ("c", "byte", -7),
    ("d", "short", -300),
    ("e", "integer", 70000),
    ("f", "long", -(1 << 40)),
    ("g", "bytes", b"\x00\xff"),
    ("h", "text", "Grüße"),
    ("i", "timestamp", 1767323045006),
    ("j", "uuid", uuid.UUID("01020304-0506-0708-090a-0b0c0d0e0f10").bytes),
]
EVENT = [(":message-type", "text", "event"), (":event-type", "text", "chunk"), (":content-type", "text", "application/json")]
GOOD = message(EVENT, b'{"a":1}')

CASES = {
    "nothing": b"",
    "a message of nothing": message([], b""),
    "a payload alone": message([], b"payload"),
    "headers alone": message(EVENT, b""),
    "every type of header": message(ALL, b"{}"),
    "the ends of integers": message(
        [("a", "byte", -128), ("b", "short", 32767), ("c", "integer", -(1 << 31)), ("d", "long", (1 << 63) - 1)], b""
    ),
    "empty values": message([("a", "text", ""), ("b", "bytes", b"")], b""),
    "an empty name": message([("", "text", "x")], b""),
    "the longest name": message([("n" * 255, "boolean", True)], b""),
    "two messages": GOOD + message(EVENT, b"{}"),
    "a message and the start of another": GOOD + GOOD[:20],
    "the start of a message": GOOD[:-1],
    "a part of the prelude": GOOD[:11],
    "a wrong checksum of the prelude": message(EVENT, b"{}", prelude_crc=1),
    "a wrong checksum of the message": message(EVENT, b"{}", crc=1),
    "a changed byte of the payload": GOOD[:-6] + b"x" + GOOD[-5:],
    "a good message and a bad one": GOOD + message(EVENT, b"{}", crc=1),
    "headers over 128 KiB": message([], b"", total=16 + 131073, length=131073)[:12],
    "a payload over 24 MiB": message([], b"", total=16 + (24 << 20) + 1)[:12],
    "lengths at the limits, with no bytes yet": message([], b"", total=16 + 131072 + (24 << 20), length=131072)[:12],
    "a header twice": message([("a", "boolean", True), ("a", "boolean", True)], b""),
    "an unknown type": message([b"\x01a\x0a"], b""),
    "a name that is not UTF-8": message([(b"\xff", "boolean", True)], b""),
    "a text that is not UTF-8": message([("a", "text", b"\xff")], b""),
    "a header without a type": message([b"\x01a"], b""),
    "an integer that is cut": message([b"\x01a\x04\x00\x00"], b""),
}

json.dump(
    {
        "source": f"botocore {botocore.__version__}, botocore.eventstream.EventStreamBuffer",
        "cases": [{"name": name, "bytes": data.hex(), "botocore": judge(data)} for name, data in CASES.items()],
    },
    sys.stdout,
    indent=1,
    ensure_ascii=False,
)
print()
