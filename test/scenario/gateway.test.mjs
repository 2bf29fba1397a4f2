// Setting up an SMS gateway at the terminal, and what is sent through it: by a verb, by the server.
import assert from "node:assert/strict";
import https from "node:https";
import { after, before, test } from "node:test";
import { eventually, person, Register, useRealClock } from "./harness.mjs";
import { Gateway } from "./sms_gateway.mjs";

useRealClock();

// Signed by itself: nobody may be sent anything through it.
const key = `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgzzv6bYwx4XuSju3c
f+TboSEgeXE1fIsf1/9GvuC0lGihRANCAAQpQqNiUZ0eAcBAu4co4qFdegX5ESV1
amQMCOAAAJUTzAW3yKk+t+FaOJDpYx5K1PoNrhDQliE0R64n3P4ArGRf
-----END PRIVATE KEY-----
`;
const cert = `-----BEGIN CERTIFICATE-----
MIIBkDCCATagAwIBAgIUSJQMbeQzUSc5WREi78+7VFZSyaIwCgYIKoZIzj0EAwIw
FDESMBAGA1UEAwwJMTI3LjAuMC4xMCAXDTI2MTEyMTIzMDg1OFoYDzIxMjYxMDI4
MjMwODU4WjAUMRIwEAYDVQQDDAkxMjcuMC4wLjEwWTATBgcqhkjOPQIBBggqhkjO
PQMBBwNCAAQpQqNiUZ0eAcBAu4co4qFdegX5ESV1amQMCOAAAJUTzAW3yKk+t+Fa
OJDpYx5K1PoNrhDQliE0R64n3P4ArGRfo2QwYjAdBgNVHQ4EFgQUC7KeaW3J8PCd
bc0HgLY5iIukpR0wHwYDVR0jBBgwFoAUC7KeaW3J8PCdbc0HgLY5iIukpR0wDwYD
VR0TAQH/BAUwAwEB/zAPBgNVHREECDAGhwR/AAABMAoGCCqGSM49BAMCA0gAMEUC
IQDyNBYhlQdCi6SwyXJoqwk/xv7bLF1uh7h5sbmSe4LDHAIgTqnb+K7e70ObhJTd
/opjoDCT/Q9WdUC+AE6YWy22YIM=
-----END CERTIFICATE-----
`;

const secret = 'K3y"of the gateway';
const phone = "9876501234";

let register;
let gateway;

const settings = (changes = {}) => ({
  kind: "http",
  url: `${gateway.url}?to={digits}`,
  headers: { Authorization: "Bearer {secret}", "Content-Type": "application/json" },
  body: '{"text":"{text}","template":"{template_id}","from":"{header}","pe":"{entity_id}"}',
  secret,
  entity_id: "1701158000000000001",
  header: "GKCLUB",
  success_text: "taken",
  timeout_ms: 2000,
  templates: {
    code: {
      hi: { id: "1007", text: "{code} {organisation} की सदस्यता का कोड है" },
      en: { id: "1008" },
    },
  },
  ...changes,
});

function set(json) {
  const input = typeof json === "string" ? json : JSON.stringify(json);
  return register.cliWith({ input }, "gateway set", "-");
}

before(async () => {
  register = await Register.make({ demo: false });
  gateway = await Gateway.start();
  for (const word of [phone, secret, "K3y", gateway.url]) register.secrets.add(word);
});
after(async () => {
  await gateway.stop();
  await register.end();
});

test("without a gateway there is a form to fill in, and nothing to test", async () => {
  const shown = await register.cli("gateway show");
  assert.equal(shown.code, 0, shown.stderr);
  const form = JSON.parse(shown.stdout);
  assert.match(form.templates.code.en.text, /\{code\} is your code to join \{organisation\}/);
  assert.match(form.templates.code.hi.text, /\{code\}/);
  for (const lang of ["hi", "en"]) {
    assert.match(form.templates.act[lang].text, /\{act\}/);
    assert.match(form.templates.act[lang].text, /\{code\}/);
  }
  const tried = await register.cli("gateway test", phone);
  assert.equal(tried.code, 1);
  assert.doesNotMatch(tried.stderr, /_/);
});

test("wrong settings are refused in a sentence, and change nothing", async () => {
  const wrong = [
    "", "[]", "{", "{\"kind\":1}", '{"kind":"http","kind":"http"}',
    settings({ kind: "log" }),
    settings({ kind: "fax" }),
    settings({ surprise: "x" }),
    settings({ url: "http://gateway.example/" }),
    settings({ headers: { "X-Api-Key": "in the open" } }),
    settings({ templates: { code: { fr: { text: "{code}" } } } }),
    settings({ templates: { code: { en: { text: "no blank" } } } }),
    settings({ templates: { act: { en: { text: "{code} for anything" } } } }),
    settings({ daily_cap: 0 }),
    "x".repeat(70_000),
  ];
  for (const json of wrong) {
    const done = await set(json);
    assert.ok(done.code === 1 || done.code === 3, JSON.stringify(json));
    assert.match(done.stderr, /^sangathan: (\w+: )?[A-Z][^\n]+\.\n/, JSON.stringify(json));
    assert.ok(!done.stderr.includes("K3y"));
  }
  assert.match((await register.cli("gateway show")).stderr, /No gateway/);
});

test("a test SMS comes in the language asked for, with what is registered", async () => {
  const done = await set(settings());
  assert.equal(done.code, 0, done.stderr);
  for (const lang of ["hi", "en"]) {
    const tried = await register.cli("gateway test", phone, "--lang", lang);
    assert.equal(tried.code, 0, tried.stderr);
    const [, code] = tried.stdout.match(/the code (\d{6})/);
    const sent = gateway.requests.at(-1);
    assert.equal(sent.method, "POST");
    assert.equal(sent.url, `/send?to=91${phone}`);
    assert.equal(sent.headers.authorization, `Bearer ${secret}`);
    assert.equal(sent.headers["user-agent"], "Sangathan");
    const body = JSON.parse(sent.body);
    assert.equal(body.pe, "1701158000000000001");
    assert.equal(body.from, "GKCLUB");
    if (lang === "hi") {
      assert.equal(body.template, "1007");
      assert.equal(body.text, `${code} पुस्तकालय मित्र मंडल की सदस्यता का कोड है`);
    } else {
      assert.equal(body.template, "1008");
      assert.ok(body.text.startsWith(code), body.text);
      assert.match(body.text, /your code to join Friends of the Library/);
    }
  }
  assert.equal(gateway.requests.length, 2);
});

test("the settings are shown without the secret, and set again keep it", async () => {
  const shown = await register.cliWell("gateway show");
  assert.ok(!shown.includes("K3y"));
  const again = JSON.parse(shown);
  assert.equal(again.secret, undefined);
  assert.equal((await set({ ...again, daily_cap: 50 })).code, 0);
  await register.cliWell("gateway test", phone);
  assert.equal(gateway.requests.at(-1).headers.authorization, `Bearer ${secret}`);
});

test("a gateway in trouble is told as it is, and asked once", async () => {
  const troubles = [
    [/status 500/, (response) => response.writeHead(500).end("taken")],
    [/status 302/, (response) => response.writeHead(302, { location: "/taken" }).end("taken")],
    [/no success text/, (response) => response.end("no")],
    [/connection broken/, (response) => response.destroy()],
    [/answer too large/, (response) => response.end("taken".repeat(100_000))],
  ];
  const good = gateway.answer;
  for (const [reason, answer] of troubles) {
    gateway.answer = answer;
    const before = gateway.requests.length;
    const done = await register.cli("gateway test", phone);
    assert.equal(done.code, 3, done.stdout);
    assert.match(done.stderr, reason);
    assert.ok(!done.stderr.includes(phone) && !done.stderr.includes("K3y"));
    assert.equal(gateway.requests.length, before + 1);
  }
  gateway.answer = good;
  const told = await register.cliWell("gateway status");
  assert.match(told, /^\d+ of 50 messages/);
  assert.match(told, /3 +code +sent/);
  assert.match(told, /1 +code +failed +status 500/);
});

test("a gateway that only vouches for itself gets nothing", async () => {
  const plain = gateway;
  gateway = await Gateway.start(https, { key, cert });
  try {
    assert.equal((await set(settings())).code, 0);
    const done = await register.cli("gateway test", phone);
    assert.equal(done.code, 3, done.stdout);
    assert.match(done.stderr, /certificate not good/);
    assert.equal(gateway.requests.length, 0);
  } finally {
    await gateway.stop();
    gateway = plain;
  }
  assert.equal((await set(settings())).code, 0);
});

test("beside the server a test is sent once, and the log names nobody", async () => {
  await register.serve();
  const before = gateway.requests.length;
  for (let i = 1; i <= 3; i++) {
    const done = await register.cli("gateway test", phone);
    assert.equal(done.code, 0, done.stderr);
    assert.equal(gateway.requests.length, before + i);
  }
  gateway.answer = (response) => response.writeHead(503).end();
  const done = await register.cli("gateway test", phone);
  assert.equal(done.code, 3, done.stdout);
  assert.match(done.stderr, /status 503/);
  await register.stop();
  register.assertLogSilent();
});

test("a demo may pretend", async () => {
  const demo = await Register.make({ demo: true });
  try {
    const { code, stderr } = await demo.cliWith({ input: '{"kind":"log"}' }, "gateway set", "-");
    assert.equal(code, 0, stderr);
    await demo.cliWell("gateway test", phone);
    demo.secrets.add(phone);
  } finally {
    await demo.end();
  }
});

test("a stranger joins in a real register: the code comes by SMS, never by the page", async () => {
  const free = await Register.make({ demo: false, fee: "0" });
  try {
    const visitor = free.visitor("en");
    await free.serve();
    await visitor.get("/join");
    assert.ok(
      !visitor.page.forms.some((f) => "name" in f.fields),
      "a form although no code can be sent",
    );
    await free.stop();
    await free.cliWith({ input: JSON.stringify(settings()) }, "gateway set", "-");
    await free.serve();
    gateway.requests.length = 0;
    const { name, phone: own } = person();
    for (const word of [name, own]) free.secrets.add(word);
    await visitor.get("/join");
    await visitor.submit(
      {
        name,
        phone: own,
        phone_of: "self",
        place: "226001",
        settlement: "urban",
        gender: "f",
        birth_year: "1984",
      },
      { having: "name" },
    );
    await visitor.submit({ name, name_alt: "", agreed: "1" }, { having: "agreed" });
    assert.match(visitor.page.url, /\/join\/code$/, visitor.page.text);
    const sent = await eventually(() => gateway.requests[0], "the SMS is sent");
    const [code] = JSON.parse(sent.body).text.match(/\b\d{6}\b/);
    free.secrets.add(code);
    assert.ok(sent.url.includes(own), sent.url);
    assert.ok(!visitor.page.text.includes(code), "the page shows the code");
    await visitor.submit({ code });
    assert.match(visitor.page.url, /\/card\/[^/]+$/, visitor.page.text);
    free.secrets.add(new URL(visitor.page.url).pathname.split("/")[2]);
    assert.ok(visitor.page.text.includes(name));
  } finally {
    await free.end();
  }
});
