"""The example `wire` as a peer: one question a line, one answer a line."""

import json
import subprocess


class Wire:
    """A running `wire`."""

    def __init__(self, path, *flags):
        self._process = subprocess.Popen([path, *flags], stdin=subprocess.PIPE, stdout=subprocess.PIPE)

    def build(self, operation, params, at):
        """The request that a call with this input would send at a time."""
        return self._ask({"operation": operation, "params": params, "at": at})

    def read(self, operation, response):
        """What a call would make of a response: status, headers, and body or body_base64."""
        return self._ask({"operation": operation, "response": response})

    def receive(self, operation, request):
        """What the server's half reads of a request: method, target, headers, and body_base64."""
        return self._ask({"operation": operation, "request": request})

    def respond(self, operation, output):
        """The response that the server's half writes for an output."""
        return self._ask({"operation": operation, "output": output})

    def _ask(self, question):
        # NaN is no JSON: where a value is one, the caller has made it a string.
        line = json.dumps(question, allow_nan=False)
        self._process.stdin.write(line.encode() + b"\n")
        self._process.stdin.flush()
        answer = self._process.stdout.readline()
        if not answer:
            raise SystemExit(f"wire ended with {self._process.wait()} at the question {line}")
        return json.loads(answer)

    def close(self):
        """Ends it."""
        self._process.stdin.close()
        self._process.stdout.close()
        self._process.wait()


def operations(path, *flags):
    """All operations that a `wire` knows."""
    return json.loads(subprocess.run([path, *flags, "--operations"], check=True, stdout=subprocess.PIPE).stdout)
