// The page of a stand-in. What comes from calls is only ever set as text, never as markup.
"use strict";

const byId = (id) => document.getElementById(id);
const TABS = ["resources", "contacts", "calls", "control"];
const shown = { last: 0, calls: [], selected: null, tab: "resources", instance: null };

/** Asks the control API; what is wrong stands at the head of the page. */
async function ask(path, options) {
  const response = await fetch(path, options);
  const value = await response.json();
  if (!response.ok) throw new Error(value.message);
  return value;
}

function send(method, path, body) {
  return guarded(() => ask(path, { method, body: body === undefined ? undefined : JSON.stringify(body) }));
}

/** Shows what is wrong until the same kind of action succeeds: what a person did is not hidden by what the page does by itself. */
async function guarded(action, kind = "action") {
  const problem = byId("problem");
  try {
    const value = await action();
    if (problem.dataset.kind === kind) problem.hidden = true;
    return value;
  } catch (error) {
    if (kind === "action" || problem.hidden) {
      problem.textContent = error.message;
      problem.dataset.kind = kind;
      problem.hidden = false;
    }
    return undefined;
  }
}

function element(name, text, kind) {
  const made = document.createElement(name);
  if (text !== undefined) made.textContent = text;
  if (kind) made.className = kind;
  return made;
}

const textOf = (value) =>
  value === undefined || value === null ? "" : typeof value === "object" ? JSON.stringify(value) : String(value);
const time = (seconds) => (typeof seconds === "number" ? new Date(seconds * 1000).toISOString().replace(".000", "") : "");

/** Fills a table: its columns, and a row of values for each record. */
function fill(table, columns, rows) {
  const head = element("tr");
  for (const column of columns) head.append(element("th", column));
  table.tHead.replaceChildren(head);
  table.tBodies[0].replaceChildren(
    ...rows.map((row) => {
      const line = element("tr");
      for (const value of row) line.append(element("td", textOf(value)));
      return line;
    }),
  );
}

/** Keeps a choice, and changes the list only where it differs: a menu that is open stays as it is. */
function options(select, entries) {
  const key = JSON.stringify(entries);
  if (select.dataset.entries === key) return;
  const chosen = select.value;
  select.dataset.entries = key;
  select.replaceChildren(
    ...entries.map(([value, text]) => {
      const option = element("option", text);
      option.value = value;
      return option;
    }),
  );
  if (entries.some(([value]) => value === chosen)) select.value = chosen;
}

async function showStatus() {
  const status = await ask("status");
  byId("service").textContent = `${status.service} stand-in`;
  document.title = `${status.service} stand-in`;
  byId("summary").textContent =
    `${status.region} · ${status.resources} resources · ${status.faults} faults · ${time(status.now)}`;
  options(byId("instance"), status.instances.map((one) => [one.id, one.alias || one.id]));
  shown.instance = byId("instance").value;
  byId("now").textContent = time(status.now);
  // A stand-in that was started again counts its calls from one.
  if (status.calls < shown.last) {
    Object.assign(shown, { last: 0, calls: [] });
    redrawCalls();
  }
}

function query(parameters) {
  const known = Object.entries(parameters).filter(([, value]) => value);
  return known.map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join("&");
}

async function showResources() {
  const counts = await ask(`resources?${query({ instance: shown.instance })}`);
  const kinds = counts.filter((one) => one.count && one.family !== "Contact");
  options(byId("family"), kinds.map((one) => [one.family, `${one.family} (${one.count})`]));
  const family = byId("family").value;
  if (!family) return fill(byId("resources"), ["No resources yet: create an instance"], []);
  const rows = await ask(`resources?${query({ instance: shown.instance, family, find: byId("find").value })}`);
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row.members)))].filter((name) => !name.startsWith("$"));
  const order = (name) => (name === "Name" ? 0 : 1);
  columns.sort((a, b) => order(a) - order(b) || a.localeCompare(b));
  const all = counts.find((one) => one.family === family).count;
  byId("more").hidden = rows.length < 200 || rows.length === all;
  byId("more").textContent = `The first ${rows.length} of ${all} are shown: find others by their text.`;
  fill(
    byId("resources"),
    ["Id", ...columns, "Lists", "Modified"],
    rows.map((row) => [
      row.id,
      ...columns.map((name) => row.members[name]),
      Object.keys(row.lists).length ? row.lists : "",
      time(row.modified),
    ]),
  );
}

async function showContacts() {
  const rows = await ask(`resources?${query({ instance: shown.instance, family: "Contact" })}`);
  fill(
    byId("contacts"),
    ["Id", "State", "Channel", "Method", "Name", "Queue", "Started", "Ended", "Attributes"],
    rows.map(({ id, members }) => [
      id, members.$State, members.Channel, members.InitiationMethod, members.Name, members.QueueInfo?.Id,
      time(members.InitiationTimestamp), time(members.DisconnectTimestamp), members.Attributes,
    ]),
  );
}

/** Adds the calls that are new. */
async function showCalls() {
  const calls = await ask(`calls?after=${shown.last}`);
  if (!calls.length) return;
  shown.last = calls[calls.length - 1].number;
  shown.calls = [...shown.calls, ...calls].slice(-1000);
  const wanted = byId("filter").value.toLowerCase();
  const body = byId("calls").tBodies[0];
  for (const call of calls.filter((one) => one.operation.toLowerCase().includes(wanted))) body.prepend(callRow(call));
  while (body.rows.length > 1000) body.lastElementChild.remove();
}

function callRow(call) {
  const row = element("tr");
  row.tabIndex = 0;
  row.append(element("td", String(call.number)), element("td", call.operation || "(no operation)"));
  const good = call.status >= 200 && call.status < 300;
  row.append(element("td", call.status ? String(call.status) : "lost", good ? "good" : "bad"));
  row.append(element("td", time(call.at).slice(11, 19)), element("td", `${(call.micros / 1000).toFixed(1)} ms`));
  const select = () => {
    shown.selected?.removeAttribute("aria-selected");
    shown.selected = row;
    row.setAttribute("aria-selected", "true");
    byId("request").textContent = JSON.stringify(call.input, null, 2);
    byId("answer").textContent = JSON.stringify(call.answer, null, 2);
  };
  row.addEventListener("click", select);
  row.addEventListener("keydown", (event) => {
    if (event.key === "Enter" || event.key === " ") { event.preventDefault(); select(); }
    if (event.key === "ArrowDown") { event.preventDefault(); row.nextElementSibling?.focus(); }
    if (event.key === "ArrowUp") { event.preventDefault(); row.previousElementSibling?.focus(); }
  });
  return row;
}

function redrawCalls() {
  const wanted = byId("filter").value.toLowerCase();
  const rows = shown.calls.filter((one) => one.operation.toLowerCase().includes(wanted)).map(callRow);
  byId("calls").tBodies[0].replaceChildren(...rows.reverse());
}

function describe(fault) {
  const where = fault.operation || "every operation";
  const times = fault.times ? `, ${fault.times} calls` : "";
  if (fault.error) return `${where}: ${fault.error}${times}`;
  if (fault.throttle) return `${where}: ${fault.throttle.rate} calls a second, ${fault.throttle.burst} at once${times}`;
  if (fault.latency_ms !== undefined) return `${where}: ${fault.latency_ms} ms later${times}`;
  return `${where}: the connection is lost ${fault.drop} the call${times}`;
}

async function showFaults() {
  const faults = await ask("faults");
  const key = JSON.stringify(faults);
  const list = byId("faults");
  if (list.dataset.faults === key) return;
  list.dataset.faults = key;
  list.replaceChildren(
    ...faults.map((fault, place) => {
      const item = element("li", describe(fault));
      const off = element("button", "Switch off");
      off.type = "button";
      off.addEventListener("click", () => send("PUT", "faults", faults.filter((_, other) => other !== place)).then(refresh));
      item.append(off);
      return item;
    }),
  );
}

async function addFault(event) {
  event.preventDefault();
  const kind = byId("fault-kind").value;
  const fault = { operation: byId("fault-operation").value || null };
  if (kind === "error") fault.error = byId("fault-code").value;
  else if (kind === "throttle") fault.throttle = { rate: 2, burst: 5 };
  else if (kind === "latency") fault.latency_ms = Number(byId("fault-latency").value);
  else fault.drop = kind;
  if (byId("fault-times").value) fault.times = Number(byId("fault-times").value);
  await guarded(async () => {
    const faults = await ask("faults");
    await ask("faults", { method: "PUT", body: JSON.stringify([...faults, fault]) });
  });
  refresh();
}

function choose(tab) {
  shown.tab = tab;
  for (const name of TABS) {
    const button = byId(`tab-${name}`);
    button.setAttribute("aria-selected", String(name === tab));
    button.tabIndex = name === tab ? 0 : -1;
    byId(`view-${name}`).hidden = name !== tab;
  }
  refresh();
}

const VIEWS = { resources: showResources, contacts: showContacts, calls: showCalls, control: showFaults };

/** What is shown now; one round at a time. */
let round = Promise.resolve();
let rounds = 0;
function refresh() {
  rounds += 1;
  round = round.then(() => guarded(async () => {
    await showStatus();
    await VIEWS[shown.tab]();
  }, "refresh")).finally(() => { rounds -= 1; });
  return round;
}

function start() {
  TABS.forEach((tab, place) => {
    const button = byId(`tab-${tab}`);
    button.addEventListener("click", () => choose(tab));
    button.addEventListener("keydown", (event) => {
      const step = { ArrowRight: 1, ArrowLeft: TABS.length - 1 }[event.key];
      if (!step) return;
      const next = TABS[(place + step) % TABS.length];
      choose(next);
      byId(`tab-${next}`).focus();
    });
  });
  for (const id of ["instance", "family"]) byId(id).addEventListener("change", refresh);
  byId("find").addEventListener("input", refresh);
  byId("filter").addEventListener("input", redrawCalls);
  byId("clear").addEventListener("click", async () => {
    await send("DELETE", "calls");
    shown.calls = [];
    redrawCalls();
  });
  byId("fault").addEventListener("submit", addFault);
  byId("fault-kind").addEventListener("change", () => {
    byId("code-label").hidden = byId("fault-kind").value !== "error";
    byId("latency-label").hidden = byId("fault-kind").value !== "latency";
  });
  byId("clock").addEventListener("submit", async (event) => {
    event.preventDefault();
    await send("POST", "clock", { advance: Number(byId("advance").value) });
    refresh();
  });
  byId("state").addEventListener("submit", (event) => event.preventDefault());
  byId("reset").addEventListener("click", () => send("POST", "reset").then(refresh));
  byId("upload").addEventListener("change", async () => {
    const [file] = byId("upload").files;
    if (file) await guarded(async () => ask("state", { method: "PUT", body: await file.text() }));
    refresh();
  });
  guarded(async () => {
    const classes = await ask("operations");
    const names = Object.values(classes).flat().sort();
    byId("operations").replaceChildren(...names.map((name) => {
      const option = element("option");
      option.value = name;
      return option;
    }));
  });
  refresh();
  // A round that takes longer than the interval has none behind it.
  setInterval(() => { if (!document.hidden && !rounds) refresh(); }, 500);
}

start();
