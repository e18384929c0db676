// Runs the example: `node run.mjs in_node.wasm`. It is the host of the program and the service that the program calls, and fails
// where either is not used as it should be.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";

const module = await WebAssembly.compile(await readFile(process.argv[2]));

// The service: it fails once, knows no queue, and never answers about one.
const tokens = [];
let failures = 0;
const server = createServer((request, response) => {
  let body = "";
  request.on("data", (chunk) => (body += chunk));
  request.on("end", () => {
    const answer = (status, object, headers = {}) => {
      response.writeHead(status, { "content-type": "application/json", ...headers });
      response.end(JSON.stringify(object));
    };
    assert.match(request.headers.authorization, /^AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE\/\d{8}\/us-west-2\/connect\//);
    const stamp = request.headers["x-amz-date"].replace(/(....)(..)(..T..)(..)(..Z)/, "$1-$2-$3:$4:$5");
    assert.ok(Math.abs(Date.parse(stamp) - Date.now()) < 60_000, stamp);
    if (request.url === "/contact/task") {
      tokens.push(JSON.parse(body).ClientToken);
      return failures++ % 2 ? answer(200, { ContactId: "c" }) : answer(500, {});
    }
    if (request.url === "/queues/i/missing") {
      return answer(404, { Message: "no" }, { "x-amzn-errortype": "ResourceNotFoundException" });
    }
    assert.equal(request.url, "/queues/i/silent");
  });
});
await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));

// One program, in an instance of its own; resolves to the lines that it reports.
function run(withHost) {
  return new Promise((resolve) => {
    const lines = [];
    const pending = new Map();
    let exports;
    const memory = (at, length) => new Uint8Array(exports.memory.buffer, at, length);
    const text = (at, length) => new TextDecoder().decode(memory(at, length));
    const come = (event, status, bytes) => {
      if (!pending.delete(event)) return;
      const at = exports.reserve(bytes.length);
      memory(at, bytes.length).set(bytes);
      exports.come(event, status, at, bytes.length);
    };
    const encode = (text) => new TextEncoder().encode(text);
    const host = {
      since_epoch: () => Date.now(),
      uptime: () => performance.now(),
      fill_random: (at, length) => crypto.getRandomValues(memory(at, length)),
      sleep: (event, millis) => {
        const timer = setTimeout(() => come(event, 0, new Uint8Array()), millis);
        pending.set(event, () => clearTimeout(timer));
      },
      fetch: (event, at, length) => {
        const { method, url, headers, body } = JSON.parse(text(at, length));
        const abort = new AbortController();
        pending.set(event, () => abort.abort());
        fetch(url, { method, headers, body: body || undefined, signal: abort.signal, redirect: "manual" })
          .then(async (response) => {
            const head = encode(JSON.stringify(Object.fromEntries(response.headers)) + "\n");
            const content = new Uint8Array(await response.arrayBuffer());
            const bytes = new Uint8Array(head.length + content.length);
            bytes.set(head);
            bytes.set(content, head.length);
            come(event, response.status, bytes);
          })
          .catch((error) => come(event, 0, encode(String(error))));
      },
      cancel: (event) => {
        pending.get(event)?.();
        pending.delete(event);
      },
      print: (at, length) => {
        const line = text(at, length);
        lines.push(line);
        if (line === "end") resolve({ lines, pending });
      },
    };
    WebAssembly.instantiate(module, { host }).then((instance) => {
      exports = instance.exports;
      exports.start(server.address().port, withHost);
    });
  });
}

const good = ["started c", "not described: ResourceNotFoundException", "timeout: true"];
const counts = "4 requests sent, 4 signed, keys loaded 1 times";
for (let instance = 0; instance < 2; instance++) {
  const { lines, pending } = await run(1);
  assert.deepEqual(lines, [...good, counts, "end"]);
  assert.equal(pending.size, 0, "nothing is left of what the calls began");
}
// Both attempts of a call have one token; two instances have not.
assert.equal(tokens.length, 4);
assert.equal(tokens[0], tokens[1]);
assert.equal(tokens[2], tokens[3]);
assert.notEqual(tokens[0], tokens[2]);
assert.match(tokens[0], /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);

// Without a host every call fails in words, and none is sent.
const { lines } = await run(0);
assert.match(lines[0], /^not started: .*no host is set/);
assert.equal(tokens.length, 4);

server.closeAllConnections();
server.close();
console.log("in_node: all calls ended as they should");
