// What nobody should send: every parameter of every route missing, empty, too long, not UTF-8, of
// another type, undeclared; bodies, headers and lengths that lie; clients that dawdle. Whatever can
// be parsed gets a problem document or a page; nothing crashes; nothing is accepted by mistake.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, before, test } from "node:test";
import { person, Register, routeTable } from "./harness.mjs";

let register;
let token;
let routes;

before(async () => {
  register = await Register.make();
  token = await register.token("admin");
  await register.serve();
  routes = await routeTable();
  const { paths } = (await register.api("GET", "/api/v1/openapi.json")).json;
  for (const route of routes) {
    const described = paths[route.path]?.[route.method.toLowerCase()];
    const inPath = [...route.path.matchAll(/\{(\w+)\*?\}/g)].map(([, name]) => ({
      name,
      in: "path",
    }));
    route.params = described ? (described.parameters ?? []) : inPath;
    route.body = described?.requestBody?.content["application/json"].schema;
  }
});
after(() => register?.end());

const bytes = (text) => Buffer.from(text, "latin1");
const head = () => `Host: 127.0.0.1:${register.port}\r\nConnection: close\r\n`;

async function alive() {
  assert.equal((await register.api("GET", "/robots.txt")).status, 200, register.log.slice(-2000));
}

// The values each parameter is tried with; undefined leaves it out.
const WRONG = {
  missing: undefined,
  empty: "",
  blank: "   ",
  long: "x".repeat(5000),
  control: "a\u0001b",
  nul: "a\u0000b",
  newline: "a\r\nb: c",
  percent: "%",
  number: "99999999999999999999",
  minus: "-1",
  letters: "abc",
  hindi: "क्षत्रिय",
  direction: "\u202eabc",
  script: "<script>alert(1)</script>",
  quote: "' OR '1'='1",
  template: "{{name}}",
  format: "%s%n%x",
  path: "../../etc/passwd",
};
const BYTES = {
  lone: "%ff",
  overlong: "%c0%af",
  surrogate: "%ed%a0%80",
  cut: "%e0%a4",
  half: "%2",
};
const OTHER_TYPES = {
  number: 7,
  big: 1e308,
  text: "x",
  yes: true,
  none: null,
  list: [1],
  object: { a: 1 },
};

function pathOf(route, values = {}) {
  return route.path.replace(/\{(\w+)\*?\}/g, (_, name) => values[name] ?? "x");
}

// Refusals only, and of the right face; a page may also send elsewhere, a search may find nothing.
function assertCalm(answer, route, what) {
  const where = `${route.method} ${route.path} ${what}`;
  const about = `${where}: ${answer.status} ${answer.text.slice(0, 300)}`;
  assert.ok(answer.status < 500, about);
  if (answer.status >= 400 && route.face === "api") {
    assert.match(answer.type, /^application\/problem\+json/, about);
    assert.equal(answer.json.status, answer.status, about);
    assert.doesNotMatch(answer.json.detail ?? answer.json.title, /^[a-z]+(_[a-z]+)+$/, about);
  } else if (answer.status >= 400 && route.face === "page") {
    assert.match(answer.type, /^text\/html/, about);
    assert.match(answer.text, /<h1/, about);
  }
  assert.ok(!answer.text.includes("<script>alert(1)"), about);
}

async function send(route, target, options = {}) {
  return register.api(route.method, target, { token, key: `h-${Math.random()}`, ...options });
}

test("every route, every parameter in path, query and head, every wrong value", async () => {
  let tried = 0;
  for (const route of routes) {
    for (const param of route.params) {
      for (const [name, value] of Object.entries({ ...WRONG, ...BYTES })) {
        const encoded = name in BYTES ? value : encodeURIComponent(value ?? "");
        let target = pathOf(route);
        const options = { headers: {} };
        if (param.in === "path") {
          target = pathOf(route, { [param.name]: encoded });
        } else if (param.in === "query" && value !== undefined) {
          target += `?${param.name}=${encoded}`;
        } else if (param.in === "header" && value !== undefined) {
          if (/[^ -~]/.test(value)) continue; // not to be sent by a client that keeps the rules
          options.headers[param.name] = value;
        }
        if (route.method === "POST") options.body = person();
        assertCalm(await send(route, target, options), route, `${param.in} ${param.name} ${name}`);
        tried += 1;
      }
      const doubled = `${pathOf(route)}?${param.name}=1&${param.name}=2&undeclared=3`;
      assertCalm(await send(route, doubled), route, "doubled and undeclared");
    }
  }
  assert.ok(tried > 100, `only ${tried} tried`);
  await alive();
});

test("every field of the form, every wrong value", async () => {
  const good = person();
  const fields = { name: good.name, phone: good.phone, phone_of: "self", place: "226001" };
  Object.assign(fields, { settlement: "urban", gender: "f", birth_year: "1980" });
  for (const field of [...Object.keys(fields), "unit_code", "undeclared"]) {
    const visitor = register.visitor("en"); // one draft a field: a client may begin only so many
    for (const [name, value] of Object.entries({ ...WRONG, ...BYTES })) {
      await visitor.get("/join");
      const { fields: hidden } = visitor.page.forms.find((f) => f.method.toLowerCase() === "post");
      const form = new URLSearchParams({ ...hidden, ...fields, [field]: value ?? "" });
      let body = form.toString();
      if (name in BYTES) body = body.replace(encodeURIComponent(value), value);
      if (value === undefined) {
        form.delete(field);
        body = form.toString();
      }
      const answer = await visitor.request("POST", "/join", { body });
      assertCalm(answer, { method: "POST", path: "/join", face: "page" }, `${field} ${name}`);
      if (field in fields && ["missing", "long", "letters"].includes(name) && field !== "name") {
        if (name === "letters" && field === "place") continue; // a name to search for
        assert.equal(answer.status, 422, `${field} ${name}`);
      }
    }
  }
  await alive();
});

// body with the value at a dotted name replaced (undefined: left out)
function withValue(body, dotted, value) {
  const copy = structuredClone(body);
  const names = dotted.split(".");
  let at = copy;
  for (const name of names.slice(0, -1)) at = at[name];
  if (value === undefined) delete at[names.at(-1)];
  else at[names.at(-1)] = value;
  return copy;
}

test("every member of the JSON body: missing, wrong, of another type", async () => {
  const route = routes.find((r) => r.method === "POST" && r.path === "/api/v1/members");
  const { required } = route.body;
  const params = Object.entries(route.body.properties).flatMap(([name, object]) =>
    object.properties
      ? Object.keys(object.properties).map((inner) => ({
          name: `${name}.${inner}`,
          required: object.required.includes(inner),
        }))
      : [{ name, required: required.includes(name) }],
  );
  assert.ok(params.some((p) => p.name === "consent.notice" && p.required));
  assert.ok(params.length >= 10, JSON.stringify(params));
  const good = person({ name_alt: "आशा", enrolled_by: undefined });
  const whole = await register.enrol(token, good);
  assert.ok(whole.number);
  for (const param of params) {
    for (const [name, value] of Object.entries({ ...WRONG, ...OTHER_TYPES })) {
      const body = withValue(person(), param.name, value);
      const answer = await send(route, route.path, { body });
      assertCalm(answer, route, `${param.name} ${name}`);
      if (name === "missing" && param.required) assert.equal(answer.status, 422, param.name);
      if (["long", "list", "object"].includes(name)) {
        assert.equal(answer.status, 422, `${param.name} ${name}: ${answer.text}`);
        assert.ok(
          answer.json.errors.some((e) => e.field.split(".")[0] === param.name.split(".")[0]),
          answer.text,
        );
      }
    }
  }
  for (const extra of [
    { state: "confirmed" },
    { fee: { method: "cash", amount_paise: 1100, paid: true } },
  ]) {
    const answer = await send(route, route.path, { body: person(extra) });
    assert.equal(answer.status, 422, `undeclared: ${answer.text}`);
  }
  await alive();
});

test("bodies that are no JSON, or too deep, doubled, cut, not UTF-8", async () => {
  const route = { method: "POST", path: "/api/v1/members", face: "api" };
  const good = JSON.stringify(person());
  const bodies = {
    nothing: "",
    text: "hello",
    list: "[]",
    number: "7",
    none: "null",
    cut: good.slice(0, -5),
    twice: good + good,
    deep: "[".repeat(60000),
    deepObject: '{"a":'.repeat(9000),
    doubled: good.replace("{", '{"name":"Other Person",'),
    nan: good.replace("1985", "NaN"),
    float: good.replace("1985", "1985.5"),
    exponent: good.replace("1985", "1.985e3"),
    bytes: Buffer.concat([Buffer.from('{"name":"'), Buffer.from([0xff, 0xfe]), Buffer.from('"}')]),
    surrogate: good.replace("Asha", "\\ud800"),
    nul: good.replace("Asha", "\\u0000"),
    bom: `\ufeff${good}`,
  };
  for (const [name, body] of Object.entries(bodies)) {
    const answer = await send(route, route.path, { body });
    assert.ok(
      [400, 413, 415, 422].includes(answer.status),
      `${name}: ${answer.status} ${answer.text}`,
    );
    assertCalm(answer, route, name);
  }
  const type = await send(route, route.path, {
    body: good,
    headers: { "content-type": "text/plain" },
  });
  assert.ok([400, 415, 422].includes(type.status), `${type.status}`);
  await alive();
});

test("ten megabytes are not taken", async () => {
  for (const body of [
    "x".repeat(10 << 20),
    JSON.stringify(person({ name: "n".repeat(10 << 20) })),
  ]) {
    const answer = await register
      .api("POST", "/api/v1/members", { token, key: "big", body })
      .catch((error) => ({ status: 413, cause: error.cause })); // or the connection is closed on us
    assert.equal(answer.status, 413);
  }
  const said = await register.raw(
    `POST /api/v1/members HTTP/1.1\r\n${head()}` +
      `Authorization: Bearer ${token}\r\nContent-Type: application/json\r\n` +
      "Content-Length: 10485760\r\n\r\n{",
  );
  assert.match(said.text, /^HTTP\/1\.1 413 /);
  await alive();
});

test("methods that a route has not get 405, unknown addresses 404", async () => {
  const paths = new Map();
  for (const route of routes)
    paths.set(route.path, [...(paths.get(route.path) ?? []), route.method]);
  for (const [path, methods] of paths) {
    for (const method of ["PUT", "DELETE", "PATCH", "OPTIONS", "POST", "GET"]) {
      if (methods.includes(method)) continue;
      const answer = await register.api(method, pathOf({ path }), { token });
      assert.equal(answer.status, 405, `${method} ${path}: ${answer.status}`);
      assert.ok(answer.headers.get("allow").includes(methods[0]), `${method} ${path}`);
    }
  }
  for (const target of [
    "/nothing",
    "/api/v1/nothing",
    "/api/v1/members/",
    "/V/",
    "/%2e%2e/etc/passwd",
    "/assets/../keys/root",
    "/assets/%2e%2e/README.md",
    "//",
    "/join/x",
  ]) {
    const answer = await register.api("GET", target);
    assert.ok([400, 404].includes(answer.status), `${target}: ${answer.status}`);
  }
  const strange = await register.raw(`FLY / HTTP/1.1\r\n${head()}\r\n`);
  assert.match(strange.text, /^HTTP\/1\.1 (405|501|400) /);
});

test("lengths that lie, hosts that are missing, doubled or others'", async () => {
  const post = (more, body = "") =>
    register.raw(bytes(`POST /api/v1/members HTTP/1.1\r\n${more}\r\n${body}`));
  const body = "{}";
  const cases = {
    both: [`${head()}Content-Length: 2\r\nTransfer-Encoding: chunked\r\n`, "0\r\n\r\n"],
    bothReversed: [`${head()}Transfer-Encoding: chunked\r\nContent-Length: 2\r\n`, "0\r\n\r\n"],
    doubled: [`${head()}Content-Length: 2\r\nContent-Length: 3\r\n`, body],
    doubledAlike: [`${head()}Content-Length: 2\r\nContent-Length: 2\r\n`, body],
    list: [`${head()}Content-Length: 2, 2\r\n`, body],
    negative: [`${head()}Content-Length: -1\r\n`, body],
    plus: [`${head()}Content-Length: +2\r\n`, body],
    huge: [`${head()}Content-Length: 99999999999999999999\r\n`, body],
    letters: [`${head()}Content-Length: two\r\n`, body],
    encoding: [`${head()}Transfer-Encoding: identity, chunked\r\n`, "0\r\n\r\n"],
    noHost: ["Connection: close\r\nContent-Length: 2\r\n", body],
    twoHosts: [`${head()}Host: other.example\r\nContent-Length: 2\r\n`, body],
  };
  for (const [name, [headers, content]] of Object.entries(cases)) {
    const said = await post(headers, content);
    assert.match(
      said.text,
      /^(HTTP\/1\.1 (400|411|413|421|501) |$)/,
      `${name}: ${said.text.slice(0, 200)}`,
    );
    assert.ok(said.closed, `${name}: the connection stays open`);
    // The HTTP library may write the head of its own refusal twice; no other answer may follow.
    const answers = said.text.match(/HTTP\/1\.1 \d+/g) ?? [];
    assert.ok(new Set(answers).size <= 1 && answers.length <= 2, `${name}: ${answers}`);
  }
  const other = await register.raw(
    "GET / HTTP/1.1\r\nHost: other.example\r\nConnection: close\r\n\r\n",
  );
  assert.match(other.text, /^HTTP\/1\.1 421 /);
  // A second request hidden behind a length must not be answered as one.
  const hidden = await register.raw(
    bytes(
      `POST /api/v1/members HTTP/1.1\r\nHost: 127.0.0.1:${register.port}\r\n` +
        "Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" +
        "GET / HTTP/1.1\r\n" +
        `${head()}\r\n`,
    ),
  );
  assert.ok((hidden.text.match(/HTTP\/1\.1 /g) ?? []).length <= 1, hidden.text);
  await alive();
});

test("heads that are too long, or none", async () => {
  const cases = [
    `GET /${"a".repeat(9000)} HTTP/1.1\r\n${head()}\r\n`,
    `GET /?${"a=b&".repeat(3000)} HTTP/1.1\r\n${head()}\r\n`,
    `GET / HTTP/1.1\r\n${head()}${"X-Long: y\r\n".repeat(3000)}\r\n`,
    `GET / HTTP/1.1\r\n${head()}X-Long: ${"y".repeat(70000)}\r\n\r\n`,
    `GET / HTTP/1.1\r\n${head()}Cookie: ${"a=b; ".repeat(3000)}\r\n\r\n`,
    "\r\n\r\n\r\n",
    "\u0000\u0001\u0002\u0003\r\n\r\n",
    "GET\r\n\r\n",
    "GET / HTTP/9.9\r\n\r\n",
    `GET http://other.example/ HTTP/1.1\r\n${head()}\r\n`,
    `GET * HTTP/1.1\r\n${head()}\r\n`,
    `GET /a b HTTP/1.1\r\n${head()}\r\n`,
    `GET / HTTP/1.1\r\nHost : x\r\n${head()}\r\n`,
    "\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\u00fc\u0003\u0003",
  ];
  for (const request of cases) {
    const said = await register.raw(bytes(request), { waitMs: 1500 });
    assert.match(
      said.text,
      /^(HTTP\/1\.[01] [34]\d\d |HTTP\/1\.[01] 505 |HTTP\/1\.[01] 501 |$)/,
      `${request.slice(0, 60)}: ${said.text.slice(0, 200)}`,
    );
  }
  await alive();
});

test("a NUL in a target is refused, raw or written", async () => {
  const ask = async (target) => (await register.raw(
    bytes(`GET ${target} HTTP/1.1\r\n${head()}\r\n`))).text.split("\r\n")[0];
  for (const target of ["/robots.txt\0", "/robots.txt\0/x", "/\0robots.txt", "/check?code=a\0b",
    "/robots.txt?\0", "/robots.txt%00", "/check?code=%00", "/card/%00", "\0/robots.txt"]) {
    assert.match(await ask(target), /^HTTP\/1\.1 400 /, JSON.stringify(target));
  }
  assert.match(await ask("/robots.txt"), /^HTTP\/1\.1 200 /);
  assert.match(await ask("/check?code=a"), /^HTTP\/1\.1 303 /);
  await register.raw(bytes(`GET /robots.txt HTTP/1.1\r\n${head()}X-A: b\0c\r\n\r\n`));
  await alive();
});

test("a query of a thousand names does not keep its connection", async () => {
  const query = "a=b&".repeat(1000);
  const said = await register.raw(`GET /?${query} HTTP/1.1\r\n${head()}\r\n`);
  assert.ok(said.closed, "the connection stays open, unanswered");
});

test("the server leaves no core file, which would hold its keys", async () => {
  const limits = await readFile(`/proc/${register.server.process.pid}/limits`, "utf8");
  assert.match(limits, /^Max core file size +0 +0 /m);
});

test("a slow client holds up nobody", async () => {
  const slow = Array.from({ length: 40 }, () =>
    register.raw(
      `POST /api/v1/members HTTP/1.1\r\n${head()}` +
        "Content-Type: application/json\r\nContent-Length: 400\r\n\r\n{",
      { parts: Array(6).fill(" "), pauseMs: 300, waitMs: 100 },
    ),
  );
  const made = await register.enrol(token, person());
  assert.ok(made.number);
  await Promise.all(slow);
  await alive();
});

test("chunked bodies are either read right or refused", async () => {
  const body = JSON.stringify(person());
  const key = "chunked";
  const chunks = [...body.match(/.{1,50}/gsu)].map(
    (c) => `${Buffer.byteLength(c).toString(16)}\r\n${c}\r\n`,
  );
  const said = await register.raw(
    `POST /api/v1/members HTTP/1.1\r\n${head()}` +
      `Authorization: Bearer ${token}\r\nContent-Type: application/json\r\n` +
      `Idempotency-Key: ${key}\r\n` +
      `Transfer-Encoding: chunked\r\n\r\n${chunks.join("")}0\r\n\r\n`,
  );
  assert.match(said.text, /^HTTP\/1\.1 (201|411|400) /);
});

test("answers carry what protects their readers", async () => {
  const page = await register.visitor("en").get("/");
  const policy = page.headers.get("content-security-policy");
  assert.match(policy, /default-src '(none|self)'/);
  assert.doesNotMatch(policy, /unsafe-inline|unsafe-eval|\*/);
  assert.match(policy, /frame-ancestors 'none'/);
  assert.match(policy, /form-action 'self'/);
  assert.equal(page.headers.get("x-content-type-options"), "nosniff");
  assert.ok(page.headers.get("referrer-policy"));
  assert.doesNotMatch(page.text, /<script(?![^>]*\bsrc=)[^>]*>[^<]|\son[a-z]+="|style="/i);
});

test("no page of all does anything for a form without the secret of its own session", async () => {
  const pages = routes.filter((r) => r.method === "POST" && r.face === "page");
  assert.ok(pages.length >= 40, `${pages.length}`);
  const office = register.visitor("en");
  await office.deskSignIn(token);
  const stranger = register.visitor("en");
  await stranger.get("/join");
  const others = stranger.page.forms.find((f) => "csrf" in f.fields).fields.csrf;
  const mine = register.visitor("en");
  await mine.get("/join");
  const made = await register.enrol(token, person());
  const card = new URL(made.card_url).pathname.split("/")[2];
  register.secrets.add(card);
  for (const route of pages) {
    const visitor = route.needs === "public" ? mine : office;
    for (const csrf of [undefined, "", others, "0".repeat(others.length)]) {
      const form = csrf === undefined ? { a: "b" } : { csrf };
      const answer = await visitor.request("POST", pathOf(route, { token: card }), { form });
      assert.equal(answer.status, 403, `${route.path} ${csrf}: ${answer.status}`);
      if (/\{token\}/.test(route.path))
        assert.equal(answer.headers.get("referrer-policy"), "no-referrer", route.path);
    }
  }
});

test("a form without its secret, or from elsewhere, is refused", async () => {
  const visitor = register.visitor("en");
  await visitor.get("/join");
  const form = visitor.page.forms.find((f) => f.method.toLowerCase() === "post");
  const fields = { ...form.fields };
  const secret = Object.keys(fields).find((name) => /csrf/.test(name));
  assert.ok(secret, JSON.stringify(fields));
  for (const wrong of [
    undefined,
    "",
    "x".repeat(32),
    fields[secret].replace(/.$/, (c) => (c === "0" ? "1" : "0")),
  ]) {
    const changed = { ...fields, [secret]: wrong };
    if (wrong === undefined) delete changed[secret];
    const answer = await visitor.request("POST", "/join", { form: changed });
    assert.equal(answer.status, 403, `${wrong}`);
  }
  const stranger = register.visitor("en");
  assert.equal((await stranger.request("POST", "/join", { form: fields })).status, 403);
});
