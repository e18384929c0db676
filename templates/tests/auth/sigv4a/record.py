"""Records signatures of SigV4a that botocore makes with awscrt, and the public keys that verify them.

Usage, with botocore and awscrt installed: python3 record.py > vectors.json

The public keys follow from the credentials by the arithmetic below, which shares nothing with awscrt or the runtime.
"""

import datetime
import hashlib
import hmac
import json
import sys
from unittest import mock

import awscrt
import botocore
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials
from botocore.crt.auth import CrtSigV4AsymAuth

# The curve P-256 (FIPS 186-4, D.1.2.3).
P = 0xFFFFFFFF00000001000000000000000000000000FFFFFFFFFFFFFFFFFFFFFFFF
N = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
G = (
    0x6B17D1F2E12C4247F8BCE6E563A440F277037D812DEB33A0F4A13945D898C296,
    0x4FE342E2FE1A7F9B8EE7EB4A7C0F9E162BCE33576B315ECECBB6406837BF51F5,
)


def add(one, other):
    if one is None or other is None:
        return one or other
    (x1, y1), (x2, y2) = one, other
    if x1 == x2 and (y1 + y2) % P == 0:
        return None
    slope = (3 * x1 * x1 - 3) * pow(2 * y1, -1, P) if one == other else (y2 - y1) * pow(x2 - x1, -1, P)
    x = (slope * slope - x1 - x2) % P
    return x, (slope * (x1 - x) - y1) % P


def times(number, point):
    result = None
    while number:
        if number & 1:
            result = add(result, point)
        point, number = add(point, point), number >> 1
    return result


def public_key(access, secret):
    for counter in range(1, 255):
        text = b"\0\0\0\1AWS4-ECDSA-P256-SHA256\0" + access.encode() + bytes([counter]) + b"\0\0\1\0"
        number = int.from_bytes(hmac.digest(b"AWS4A" + secret.encode(), text, hashlib.sha256), "big")
        if number <= N - 2:
            return "".join(f"{coordinate:064x}" for coordinate in times(number + 1, G))


EXAMPLE = ("AKISORANDOMAASORANDOM", "q+jcrXGc+0zWN6uzclKVhvMmUsIfRPa4rlRandom", None)
TEMPORARY = ("AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY", "a/token+of=the==session")

# Credentials, method, URL, headers, body, regions, service, time.
CASES = [
    (EXAMPLE, "GET", "https://example.amazonaws.com/", {}, "", "us-east-1", "service", 1440938160),
    (EXAMPLE, "GET", "https://example.amazonaws.com/?Param2=value2&Param1=value1&Param1=value0", {}, "", "*", "service", 1440938160),
    (EXAMPLE, "POST", "https://example.amazonaws.com/a%20b/c%2Fd//e/../f", {"X-Amz-Test": "  a   b "}, '{"a":1}', "us-east-1,eu-west-1", "service", 1440938160),
    (TEMPORARY, "PUT", "https://abc.cloudfront-kvs.global.api.aws/key-value-stores/arn%3Aaws%3Acloudfront/keys/k", {"If-Match": "etag", "User-Agent": "x", "Content-Type": "application/json"}, '{"Value":"ä"}', "*", "cloudfront-keyvaluestore", 1786000000),
    (TEMPORARY, "DELETE", "https://example.com:8443/?empty", {}, "", "us-*", "a-service", 0),
]


def sign(case):
    (access, secret, token), method, url, headers, body, regions, service, time = case
    request = AWSRequest(method=method, url=url, headers=headers, data=body.encode())
    at = datetime.datetime.fromtimestamp(time, datetime.timezone.utc)
    with mock.patch("botocore.crt.auth.get_current_datetime", return_value=at):
        CrtSigV4AsymAuth(Credentials(access, secret, token), service, regions).add_auth(request)
    return {
        "access_key_id": access,
        "secret_access_key": secret,
        "session_token": token,
        "method": method,
        "url": url,
        "headers": headers,
        "body": body,
        "regions": regions,
        "service": service,
        "time": time,
        "public_key": public_key(access, secret),
        "signed": {name.lower(): value for name, value in request.headers.items()},
    }


source = f"botocore {botocore.__version__}, awscrt {awscrt.__version__}"
lines = ",\n".join("    " + json.dumps(sign(case), ensure_ascii=False) for case in CASES)
sys.stdout.write(f'{{\n  "source": "{source}",\n  "vectors": [\n{lines}\n  ]\n}}\n')
