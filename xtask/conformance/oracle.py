"""botocore as the judge: what its client sends, how it signs, how it parses. Nothing here opens a socket."""

import contextlib
import datetime
import re
from unittest import mock

import botocore.auth
import botocore.session
from botocore.awsrequest import AWSRequest, AWSResponse, HeadersDict
from botocore.config import Config
from botocore.credentials import Credentials
from botocore.parsers import create_parser

ACCESS_KEY = "AKIDEXAMPLE"
SECRET_KEY = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"
REGION = "us-west-2"
# Set for the transport or by it, or for statistics.
NOT_COMPARED = ("user-agent", "content-length", "amz-sdk-invocation-id", "amz-sdk-request", "x-amzn-trace-id")


class Signer(botocore.auth.SigV4Auth):
    """SigV4, but for one thing."""

    def _header_value(self, value):
        # The signature is over single spaces. botocore takes all of Unicode's white space for such (U+2028, U+00A0),
        # while the specification and the services know of ASCII's only.
        return " ".join(part for part in re.split("[ \t\r\n]", value) if part)


class Nothing:
    """The body of a response that has none."""

    def stream(self):
        """Its pieces."""
        return iter(())


@contextlib.contextmanager
def at(time):
    """Makes it a certain time for botocore's signatures."""
    with mock.patch("botocore.auth.get_current_datetime", lambda *_: time.replace(tzinfo=None)):
        yield


class Oracle:
    """botocore's client of one service."""

    def __init__(self, service, **options):
        session = botocore.session.Session()
        # Nothing of the machine's own settings.
        session.set_config_variable("config_file", "/dev/null")
        session.set_config_variable("credentials_file", "/dev/null")
        config = Config(parameter_validation=False, retries={"total_max_attempts": 1}, **options)
        self.client = session.create_client(
            service,
            region_name=REGION,
            aws_access_key_id=ACCESS_KEY,
            aws_secret_access_key=SECRET_KEY,
            config=config,
        )
        self.model = self.client.meta.service_model
        self._parser = create_parser(self.model.resolved_protocol)
        self._sent = None
        self.client.meta.events.register("before-send", self._keep)

    def _keep(self, request, **_):
        self._sent = request
        return AWSResponse(request.url, 200, HeadersDict(), Nothing())

    def request(self, operation, params, time):
        """The signed request that botocore sends for an input, just before it goes out."""
        self._sent = None
        with at(time):
            self.client._make_api_call(operation, params)
        return self._sent

    def authorization(self, method, url, headers, body, time):
        """The `authorization` header that botocore's SigV4 gives a request."""
        unsigned = {name: value for name, value in headers.items() if name not in ("authorization", "x-amz-date")}
        request = AWSRequest(method=method, url=url, headers=unsigned, data=body)
        signer = Signer(Credentials(ACCESS_KEY, SECRET_KEY), self.model.signing_name, REGION)
        with at(time):
            signer.add_auth(request)
        return request.headers["Authorization"]

    def parse(self, operation, status, headers, body):
        """What botocore's client gives its caller for a response, modelled members of exceptions included."""
        response = {"status_code": status, "headers": HeadersDict(headers), "body": body, "context": {}}
        operation = self.model.operation_model(operation)
        parsed = self._parser.parse(response, operation.output_shape)
        if status >= 300:
            shape = self.model.shape_for_error_code(parsed["Error"]["Code"]) if parsed.get("Error") else None
            if shape is not None:
                parsed.update(self._parser.parse(response, shape))
        return parsed


def some_time(random):
    """A whole second of these years."""
    return datetime.datetime(2026, 1, 2, 3, 4, 5, tzinfo=datetime.timezone.utc) + datetime.timedelta(
        seconds=random.randrange(10**8)
    )
