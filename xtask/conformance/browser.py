"""A headless Chromium, driven by its DevTools protocol."""

import base64
import json
import subprocess
import tempfile
import time
import urllib.request
from pathlib import Path

from websockets.sync.client import connect

class Browser:
    """A browser with a profile of its own, which ends with its block."""

    def __init__(self, path):
        self._folder = tempfile.TemporaryDirectory(ignore_cleanup_errors=True)
        profile = self._folder.name
        self._process = subprocess.Popen(
            [
                path, "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run",
                "--disable-background-networking", "--disable-component-update", "--disable-sync",
                "--remote-debugging-port=0", f"--user-data-dir={profile}", "about:blank",
            ],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )
        file = Path(profile) / "DevToolsActivePort"
        ended = lambda: self._process.poll() is not None
        self._port = until(lambda: ended() or (file.exists() and file.read_text().partition("\n")[0]), 60)
        if not isinstance(self._port, str):
            code = self._process.poll()
            self.__exit__()
            raise RuntimeError(f"{path} does not start (exit code {code}): one from a snap cannot use the profile {profile}")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self._process.terminate()
        self._process.wait(30)
        self._folder.cleanup()

    def open(self, url):
        """A page."""
        request = urllib.request.Request(f"http://127.0.0.1:{self._port}/json/new?about:blank", method="PUT")
        with urllib.request.urlopen(request) as response:
            page = Page(json.loads(response.read())["webSocketDebuggerUrl"])
        page.go(url)
        return page


class Page:
    """A page, and what went wrong on it."""

    def __init__(self, url):
        self._socket = connect(url, max_size=None, open_timeout=60)
        self._last = 0
        self.problems = []
        for domain in ("Page", "Runtime", "Log", "DOM"):
            self.send(f"{domain}.enable")

    def send(self, method, **params):
        """The result of a command; events that come before it are looked through."""
        self._last += 1
        self._socket.send(json.dumps({"id": self._last, "method": method, "params": params}))
        while True:
            message = json.loads(self._socket.recv(timeout=60))
            if message.get("id") == self._last:
                if "error" in message:
                    raise RuntimeError(f"{method}: {message['error']}")
                return message["result"]
            self._event(message)

    def _event(self, message):
        params = message.get("params", {})
        if message["method"] == "Runtime.exceptionThrown":
            self.problems.append(str(params["exceptionDetails"].get("exception", params["exceptionDetails"])))
        if message["method"] == "Log.entryAdded" and params["entry"]["level"] == "error":
            self.problems.append(f"{params['entry']['text']} {params['entry'].get('url', '')}")

    def go(self, url):
        """Opens an address, and waits until it is there."""
        self.send("Page.navigate", url=url)
        until(lambda: self.value("document.readyState === 'complete' && location.href !== 'about:blank'"), 60)

    def value(self, script):
        """The value of an expression, once it is there."""
        answer = self.send("Runtime.evaluate", expression=script, returnByValue=True, awaitPromise=True)
        if "exceptionDetails" in answer:
            raise RuntimeError(f"{script}: {answer['exceptionDetails']}")
        return answer["result"].get("value")

    def press(self, key, code=0, text="", times=1):
        """Presses a key."""
        for _ in range(times):
            known = {"key": key, "code": key, "windowsVirtualKeyCode": code}
            self.send("Input.dispatchKeyEvent", type="keyDown", text=text, **known)
            self.send("Input.dispatchKeyEvent", type="keyUp", **known)

    def type(self, text):
        """Types into what has the focus."""
        self.send("Input.insertText", text=text)

    def width(self, width, height=800):
        """Gives the page a size."""
        self.send("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=width < 600)

    def scheme(self, name):
        """Light or dark."""
        self.send("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": name}])

    def upload(self, selector, path):
        """Chooses a file."""
        root = self.send("DOM.getDocument")["root"]["nodeId"]
        node = self.send("DOM.querySelector", nodeId=root, selector=selector)["nodeId"]
        self.send("DOM.setFileInputFiles", nodeId=node, files=[str(path)])

    def picture(self, path):
        """Writes what is seen."""
        self.send("Page.bringToFront")
        Path(path).write_bytes(base64.b64decode(self.send("Page.captureScreenshot", format="png")["data"]))


def until(ask, seconds=10.0):
    """The first answer that holds; the last one where the time is over."""
    end = time.monotonic() + seconds
    while True:
        answer = ask()
        if answer or time.monotonic() > end:
            return answer
        time.sleep(0.02)
