// Joining where the phone proves itself: by an SMS of its own, by a missed call, through the
// webhook of whoever provides the organisation's numbers; and an enroller's word.
import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { after, before, test } from "node:test";
import { person, Register, useRealClock } from "./harness.mjs";

useRealClock();

const secret = "what only the provider knows";
let register;
let token;
let nth = 0;

before(async () => {
  register = await Register.make({ demo: false, fee: "0" });
  register.secrets.add(secret);
  token = await register.token();
  const shown = await register.cliWith(
    { input: `${secret}\n` },
    "phone ways",
    ...["--sms-number", "+919000000001", "--call-number", "9000000002", "--code", "off"],
    ...["--keyword", "GKC", "--secret-file", "-", "--witness", "on"],
    ...["--field-from", "msisdn", "--field-text", "message"],
  );
  assert.equal(shown.code, 0, shown.stderr);
  assert.match(shown.stdout, /code +off\nsms +\+919000000001\nmissed call +\+919000000002\n/);
  await register.serve();
});
after(() => register?.end());

function tell(event, { headers = { "x-sangathan-secret": secret }, json = false, body } = {}) {
  nth += 1;
  const all = { id: `event-${nth}`, time: Math.floor(Date.now() / 1000), ...event };
  const text = body ?? (json ? JSON.stringify(all) : String(new URLSearchParams(all)));
  const sent = {
    body: text,
    headers: {
      "content-type": json ? "application/json" : "application/x-www-form-urlencoded",
      ...(typeof headers === "function" ? headers(text) : headers),
    },
  };
  const got = register.api("POST", "/hook/incoming", sent);
  return got.then(({ status, json: said }) => ({ status, ...said }));
}

async function untilProof(visitor, changes = {}) {
  const { name, phone } = person();
  for (const word of [name, phone]) register.secrets.add(word);
  const typed = {
    name,
    phone,
    phone_of: "self",
    place: "226001",
    settlement: "urban",
    gender: "f",
    birth_year: "1984",
    ...changes,
  };
  await visitor.get("/join");
  await visitor.submit(typed, { having: "name" });
  await visitor.submit({ name: typed.name, agreed: "1" }, { having: "agreed" });
  assert.match(visitor.page.url, /\/join\/code$/, visitor.page.text);
  return typed;
}

const wordsOf = (page) => page.text.match(/GKC JOIN \d{4}/)[0];

for (const lang of ["hi", "en"]) {
  test(`an SMS of the phone makes a member (${lang})`, async () => {
    const visitor = register.visitor(lang);
    const { name, phone } = await untilProof(visitor);
    assert.ok(!visitor.page.forms.some((f) => "code" in f.fields), "asks for a code");
    const words = wordsOf(visitor.page);
    assert.ok(visitor.page.text.includes(`sms:+919000000001?body=${words.replaceAll(" ", "%20")}`));
    await visitor.get("/join/wait");
    assert.match(visitor.page.url, /\/join\/wait$/);
    assert.match(visitor.page.text, /<noscript><meta http-equiv="refresh"/);
    assert.deepEqual(await tell({ msisdn: "919999999999", message: words }), {
      status: 200,
      taken: false,
    });
    await visitor.get("/join/wait");
    assert.match(visitor.page.url, /\/join\/wait$/, "another phone's SMS proved it");
    assert.equal((await tell({ msisdn: `91${phone}`, message: words })).taken, true);
    await visitor.get("/join/code"); // however the reader comes back
    assert.match(visitor.page.url, /\/card\/[^/]+$/, visitor.page.text);
    register.secrets.add(new URL(visitor.page.url).pathname.split("/")[2]);
    assert.ok(visitor.page.text.includes(name));
  });
}

test("a missed call, told as JSON and signed", async () => {
  const visitor = register.visitor("en");
  const { phone } = await untilProof(visitor);
  const { phone_confirmed } = (await register.api("GET", "/api/v1/units/IN/tally", { token })).json;
  const headers = (body) => ({
    "x-sangathan-signature": createHmac("sha256", secret).update(body).digest("hex"),
  });
  const time = new Date().toISOString();
  const said = await tell({ msisdn: phone, time }, { json: true, headers });
  assert.deepEqual(said, { status: 200, taken: true });
  await visitor.get("/join/wait");
  assert.match(visitor.page.url, /\/card\//, visitor.page.text);
  register.secrets.add(new URL(visitor.page.url).pathname.split("/")[2]);
  const tally = (await register.api("GET", "/api/v1/units/IN/tally", { token })).json;
  assert.equal(tally.phone_confirmed, phone_confirmed + 1);
});

test("what is forged, repeated, late or no event proves nothing", async () => {
  const visitor = register.visitor("en");
  const { phone } = await untilProof(visitor);
  const event = { msisdn: phone, message: wordsOf(visitor.page) };
  for (const headers of [
    {},
    { "x-sangathan-secret": "" },
    { "x-sangathan-secret": `${secret}x` },
    { "x-sangathan-secret": secret.slice(0, -1) },
    { "x-sangathan-signature": createHmac("sha256", "other").update("x").digest("hex") },
  ]) {
    assert.equal((await tell(event, { headers })).status, 403);
  }
  const old = Math.floor(Date.now() / 1000) - 700;
  assert.equal((await tell({ ...event, time: old })).status, 422);
  assert.equal((await tell({ ...event, time: old + 1400 })).status, 422);
  assert.equal((await tell({ ...event, time: "yesterday" })).status, 422);
  assert.equal((await tell({ ...event, id: "" })).status, 422);
  const twins = "msisdn=1&msisdn=2";
  for (const body of ["", "{", "[]", "%", twins, '{"msisdn":{}}', "\u0000", "x=%zz"]) {
    assert.equal((await tell({}, { body })).status, 422, body);
  }
  assert.equal((await tell({}, { body: "x".repeat(9000) })).status, 413);
  const twice = { ...event, id: "the same" };
  assert.equal((await tell({ ...twice, message: "JOIN 12" })).taken, false);
  assert.equal((await tell(twice)).taken, false, "the id came before");
  await visitor.get("/join/wait");
  assert.match(visitor.page.url, /\/join\/wait$/);
});

test("that somebody is a member already is said after the proof alone", async () => {
  const visitor = register.visitor("en");
  const typed = await untilProof(visitor);
  await register.enrol(
    token,
    person({
      name: typed.name,
      phone: typed.phone,
      birth_year: Number(typed.birth_year),
      fee: { method: "cash", amount_paise: 0 },
    }),
  );
  await visitor.get("/join/wait");
  assert.doesNotMatch(visitor.page.text, /already|is a member with this phone/i);
  await tell({ msisdn: typed.phone, message: wordsOf(visitor.page) });
  await visitor.get("/join/wait");
  assert.equal(visitor.page.status, 409);
  assert.doesNotMatch(visitor.page.text, /http-equiv="refresh"/);
});

test("an enroller's word is kept as such, and is no confirmed phone", async () => {
  const before = (await register.api("GET", "/api/v1/units/IN/tally", { token })).json;
  const fee = { method: "cash", amount_paise: 0 };
  const one = await register.enrol(token, person({ phone_proof: "witness", fee }));
  const shown = await register.cliWell("member show", one.number);
  assert.match(shown, /phone +\+91\d+ \(self, witness\)/);
  const tally = (await register.api("GET", "/api/v1/units/IN/tally", { token })).json;
  assert.equal(tally.members, before.members + 1);
  assert.equal(tally.phone_confirmed, before.phone_confirmed);
  await register.cliWell("phone ways", "--witness", "off");
  const body = person({ phone_proof: "witness", fee });
  const headers = { "idempotency-key": "no witness" };
  const refused = await register.api("POST", "/api/v1/members", { token, body, headers });
  assert.equal(refused.status, 403);
});

test("the verb says what is wrong in a sentence, and changes nothing", async () => {
  const before = await register.cliWell("phone ways");
  for (const options of [
    ["--sms-number", "", "--call-number", ""],
    ["--call-number", "12"],
    ["--keyword", "two words"],
    ["--field-id", ""],
  ]) {
    const done = await register.cli("phone ways", ...options);
    assert.equal(done.code, 1, options.join(" "));
    assert.match(done.stderr, /^sangathan: [-\w]+: [A-Z][^\n]+\.\n$/);
  }
  assert.equal((await register.cli("phone ways", "--code", "perhaps")).code, 2);
  assert.equal(await register.cliWell("phone ways"), before);
});
