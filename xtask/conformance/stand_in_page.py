"""The stand-in's page in a headless Chromium, while boto3 calls the stand-in."""

import argparse
import http.client
import http.server
import json
import os
import tempfile
import threading
import time
from pathlib import Path
from urllib.parse import urlsplit

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError

from browser import Browser, until
from report import Report

TABS = ["resources", "contacts", "calls", "control"]
HOSTILE = "<script>window.hacked = 1</script><img src=x onerror='window.hacked = 1'>"

# The contrast of two colours as WCAG defines it, of every text that is seen.
CONTRAST = """(() => {
  const parts = (text) => text.match(/[\\d.]+/g).map(Number);
  const light = (text) => {
    const [r, g, b] = parts(text).map((part) => part / 255).map((c) => (c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const back = (element) => {
    for (let at = element; at; at = at.parentElement) {
      const color = getComputedStyle(at).backgroundColor;
      if (parts(color)[3] !== 0) return color;
    }
    return "rgb(255, 255, 255)";
  };
  const low = [];
  for (const element of document.querySelectorAll("body *")) {
    const own = [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
    if (!own || !element.checkVisibility()) continue;
    const [one, other] = [getComputedStyle(element).color, back(element)].map(light);
    const contrast = (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
    if (contrast < 4.5) low.push(`${element.tagName}#${element.id} ${contrast.toFixed(1)}`);
  }
  return low;
})()"""


class Case:
    """A stand-in, a client of it, and its page."""

    def __init__(self, url, page):
        self.url = url
        self.page = page
        self.client = boto3.client(
            "connect", endpoint_url=url, region_name="us-east-1", aws_access_key_id="a", aws_secret_access_key="b",
            config=Config(retries={"total_max_attempts": 1}),
        )
        made = self.client.create_instance(
            IdentityManagementType="CONNECT_MANAGED", InstanceAlias="shown", InboundCallsEnabled=True, OutboundCallsEnabled=True,
        )
        self.instance = made["Id"]

    def tab(self, name):
        """Opens a view by the keyboard alone."""
        self.page.value("document.querySelector('[role=tab][aria-selected=true]').focus()")
        at = TABS.index(self.page.value("document.activeElement.id").removeprefix("tab-"))
        self.page.press("ArrowRight", 39, times=(TABS.index(name) - at) % len(TABS))
        return until(lambda: self.page.value(f"!document.getElementById('view-{name}').hidden"))

    def rows(self, table):
        """The texts of a table."""
        return self.page.value(f"[...document.querySelectorAll('#{table} tbody tr')].map((row) => [...row.cells].map((c) => c.textContent))")

    def code(self):
        """The code of the error that a call ends with; None where it succeeds."""
        try:
            self.client.list_queues(InstanceId=self.instance)
        except ClientError as error:
            return error.response["Error"]["Code"]
        return None


def a_call_shows(case):
    """A call made by boto3 shows within a second; the machine may be slow once, not five times."""
    case.tab("calls")
    # What was called before the page was opened is there first.
    until(lambda: case.rows("calls"))
    took = []
    for number in range(5):
        before = len(case.rows("calls"))
        case.client.list_users(InstanceId=case.instance, MaxResults=number + 1)
        start = time.monotonic()
        shown = until(lambda: len(case.rows("calls")) > before)
        took.append(time.monotonic() - start)
        if not shown or case.rows("calls")[0][1:3] != ["ListUsers", "200"]:
            return f"the newest call is {case.rows('calls')[:1]}"
    return None if min(took) < 1 else f"it takes {min(took):.1f} s"


def a_call_is_looked_at(case):
    """The newest call is chosen by the keyboard; its request and its answer are side by side."""
    case.tab("calls")
    case.page.value("document.querySelector('#calls tbody tr').focus()")
    case.page.press("Enter", 13, "\r")
    request, answer = (json.loads(case.page.value(f"document.getElementById('{name}').textContent")) for name in ("request", "answer"))
    if request != {"InstanceId": case.instance, "MaxResults": 5} or "UserSummaryList" not in answer:
        return f"{request} and {answer}"
    one, other = (case.page.value(f"document.getElementById('{name}').getBoundingClientRect().top") for name in ("request", "answer"))
    return None if one == other else f"the request is at {one} and the answer at {other}"


def text_is_text(case):
    """What calls say is never markup, in a table and in the log."""
    hours = case.client.list_hours_of_operations(InstanceId=case.instance)["HoursOfOperationSummaryList"][0]["Id"]
    case.client.create_queue(InstanceId=case.instance, Name=HOSTILE, HoursOfOperationId=hours)
    case.tab("resources")
    until(lambda: case.page.value("[...document.getElementById('family').options].some((one) => one.value === 'Queue')"))
    case.page.value("const family = document.getElementById('family'); family.value = 'Queue'; family.dispatchEvent(new Event('change'))")
    if not until(lambda: any(HOSTILE in row for row in case.rows("resources"))):
        return f"the queue is not shown: {case.rows('resources')}"
    case.tab("calls")
    until(lambda: case.rows("calls")[0][1] == "CreateQueue")
    case.page.value("document.querySelector('#calls tbody tr').click()")
    if HOSTILE not in json.loads(case.page.value("document.getElementById('request').textContent")).values():
        return "the request is not shown"
    found = case.page.value("[document.querySelectorAll('main script, main img').length, window.hacked ?? null]")
    return None if found == [0, None] else f"elements and effects: {found}"


def a_resource_is_found(case):
    """A table is searched."""
    case.tab("resources")
    case.page.value("document.getElementById('find').focus()")
    case.page.type("basicqueue")
    found = until(lambda: len(case.rows("resources")) == 1)
    rows = case.rows("resources")
    case.page.value("const find = document.getElementById('find'); find.value = ''; find.dispatchEvent(new Event('input'))")
    return None if found else f"{rows}"


def contacts_have_states(case):
    """A contact is shown with the state that it has."""
    flow = case.client.list_contact_flows(InstanceId=case.instance)["ContactFlowSummaryList"][0]["Id"]
    contact = case.client.start_task_contact(InstanceId=case.instance, Name="shown", ContactFlowId=flow)["ContactId"]
    case.tab("contacts")
    state = lambda: [row[1] for row in case.rows("contacts") if row[0] == contact]
    before = until(state)
    case.client.stop_contact(InstanceId=case.instance, ContactId=contact)
    after = until(lambda: state() != before and state())
    return None if before and after and before != after else f"{before} and then {after}"


def a_fault_hits_the_next_call(case):
    """A fault is switched on by the keyboard, is met by the next call, and is switched off."""
    case.tab("control")
    case.page.value("document.getElementById('fault-operation').focus()")
    case.page.type("ListQueues")
    case.page.press("Enter", 13, "\r")
    if not until(lambda: case.page.value("document.querySelectorAll('#faults li').length") == 1):
        return f"no fault is shown: {case.page.value('document.getElementById(`problem`).textContent')}"
    if (code := case.code()) != "InternalServiceException":
        return f"the call ends with {code}"
    case.page.value("document.querySelector('#faults button').focus()")
    case.page.press("Enter", 13, "\r")
    until(lambda: case.page.value("document.querySelectorAll('#faults li').length") == 0)
    code = case.code()
    return None if code is None else f"the call still ends with {code}"


def a_wrong_fault_is_said(case):
    """A name that no operation has is said, and no call meets a fault."""
    case.tab("control")
    case.page.value("document.getElementById('fault-operation').value = 'ListQueue'; document.getElementById('fault').requestSubmit()")
    said = until(lambda: case.page.value("document.getElementById('problem').hidden ? '' : document.getElementById('problem').textContent"))
    case.page.value("document.getElementById('fault-operation').value = ''")
    return None if "there is no operation ListQueue" in said and case.code() is None else f"the page says {said!r}"


def latency_is_switched_on(case):
    """The other kinds of faults are offered, and taken."""
    case.tab("control")
    case.page.value("""(() => {
      const kind = document.getElementById("fault-kind");
      kind.value = "latency"; kind.dispatchEvent(new Event("change"));
      document.getElementById("fault-latency").value = "1";
    })()""")
    fields = case.page.value("['code-label', 'latency-label'].map((name) => document.getElementById(name).checkVisibility())")
    case.page.value("document.getElementById('fault').requestSubmit()")
    shown = until(lambda: case.page.value("document.querySelector('#faults li')?.textContent"))
    problem = None if fields == [False, True] and shown and "1 ms later" in shown and case.code() is None else f"{shown}, fields {fields}"
    case.page.value("document.querySelector('#faults button')?.click()")
    until(lambda: case.page.value("document.querySelectorAll('#faults li').length") == 0)
    return problem


def clock_and_state(case):
    """The clock is moved; the state is saved, reset and loaded."""
    case.tab("control")
    now = lambda: case.page.value("Date.parse(document.getElementById('now').textContent)")
    before = until(now)
    case.page.value("document.getElementById('advance').value = '86400'; document.getElementById('clock').requestSubmit()")
    if not until(lambda: now() - before >= 86_400_000):
        return f"the clock stands at {now()} after {before}"
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "state.json"
        file.write_text(case.page.value("fetch(document.getElementById('download').href).then((answer) => answer.text())"), encoding="utf-8")
        case.page.value("document.getElementById('reset').click()")
        gone = until(lambda: not case.client.list_instances()["InstanceSummaryList"])
        case.page.upload("#upload", file)
        back = until(lambda: case.client.list_instances()["InstanceSummaryList"])
    until(lambda: case.page.value("document.getElementById('instance').value") == case.instance)
    return None if gone and back and back[0]["Id"] == case.instance else f"gone: {gone}, back: {back}"


def the_keyboard_reaches(case):
    """The tabulator reaches everything that a view has, and what has the focus is marked."""
    for name in TABS:
        case.tab(name)
        wanted = set(case.page.value(
            f"[...document.querySelectorAll('#view-{name} :is(input, select, button, a)')].filter((one) => one.checkVisibility()).map((one) => one.id || one.textContent)"
        ))
        case.page.value("document.activeElement.blur(); window.scrollTo(0, 0)")
        for _ in range(60):
            case.page.press("Tab", 9)
            at, marked = case.page.value(
                "[document.activeElement.id || document.activeElement.textContent, getComputedStyle(document.activeElement).outlineStyle]"
            )
            if at in wanted and marked == "none":
                return f"{at} is not marked"
            wanted.discard(at)
        if wanted:
            return f"{name}: {', '.join(sorted(wanted))}"
    return None


def light_and_dark(case):
    """Two schemes, and in both a text that is read easily."""
    backs = []
    for scheme in ("light", "dark"):
        case.page.scheme(scheme)
        backs.append(case.page.value("getComputedStyle(document.body).backgroundColor"))
        for name in TABS:
            case.tab(name)
            if low := case.page.value(CONTRAST):
                return f"{scheme}, {name}: {low[:5]}"
    case.page.scheme("light")
    return None if backs[0] != backs[1] else f"both have {backs[0]}"


def nothing_scrolls_sideways(case):
    """A phone and a laptop: the page is as wide as the window, whatever its tables hold."""
    problem = None
    for width in (380, 1280):
        case.page.width(width)
        for name in TABS:
            case.tab(name)
            time.sleep(0.2)
            found = case.page.value("[document.documentElement.scrollWidth, window.innerWidth]")
            if found[0] > width or found[1] != width:
                problem = problem or f"{name} at {width}: {found}"
    return problem


def others_are_refused(case, browser):
    """A page of another origin drives nothing, and sees nothing; nor does one by a name of its own."""
    handler = type("Quiet", (http.server.SimpleHTTPRequestHandler,), {"log_message": lambda *_: None})
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), lambda *args: handler(*args, directory=os.devnull))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    other = browser.open(f"http://127.0.0.1:{server.server_address[1]}/")
    tries = ["{method: 'POST'}", "{method: 'POST', mode: 'no-cors'}"]
    for options in tries:
        other.value(f"fetch('{case.url}/_stand_in/reset', {options}).catch(() => null).then(() => 1)")
    seen = other.value(f"fetch('{case.url}/_stand_in/status').then((answer) => answer.text(), () => null)")
    loaded = other.value(
        f"new Promise((done) => {{ const one = document.createElement('script'); one.src = '{case.url}/_stand_in/page.js';"
        " one.onload = () => done(true); one.onerror = () => done(false); document.body.append(one); })"
    )
    server.shutdown()
    if seen is not None or loaded:
        return f"another origin reads {seen!r} and loads {loaded}"
    if not case.client.list_instances()["InstanceSummaryList"]:
        return "another origin resets"
    place = urlsplit(case.url)
    connection = http.client.HTTPConnection(place.hostname, place.port)
    connection.request("POST", "/_stand_in/reset", headers={"Host": f"rebound.example:{place.port}"})
    status = connection.getresponse().status
    return None if status == 403 else f"another host name: {status}"


CASES = [
    a_call_shows, a_call_is_looked_at, text_is_text, a_resource_is_found, contacts_have_states, a_fault_hits_the_next_call,
    a_wrong_fault_is_said, latency_is_switched_on, clock_and_state, the_keyboard_reaches, light_and_dark, nothing_scrolls_sideways,
]


def main():
    """Looks at the page and prints the report."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--url", required=True, help="where the stand-in is")
    parser.add_argument("--browser", required=True, help="the path of Chromium")
    parser.add_argument("--pictures", help="a folder for a picture of each view")
    args = parser.parse_args()
    os.environ.update(AWS_CONFIG_FILE=os.devnull, AWS_SHARED_CREDENTIALS_FILE=os.devnull)
    report = Report("stand-in, its page")
    with Browser(args.browser) as browser:
        page = browser.open(f"{args.url}/_stand_in/")
        page.width(1280)
        case = Case(args.url, page)
        for check in CASES:
            report.check(check.__name__, check(case))
        # What the page was told of a wrong fault is an answer like others.
        problems = [one for one in page.problems if "400 (Bad Request)" not in one]
        report.check("no error in the console", "; ".join(problems[:3]) or None)
        report.check(others_are_refused.__name__, others_are_refused(case, browser))
        for name in TABS if args.pictures else []:
            for scheme, width in (("light", 1280), ("dark", 1280), ("light", 380)):
                page.scheme(scheme)
                page.width(width)
                case.tab(name)
                time.sleep(0.7)
                page.picture(Path(args.pictures) / f"{name}-{scheme}-{width}.png")
    report.print()


if __name__ == "__main__":
    main()
