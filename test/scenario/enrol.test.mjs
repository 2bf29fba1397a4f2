// Enrolment through the API: what comes back, what is refused and how, and that counts follow.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { eventually, person, Register, shipped } from "./harness.mjs";

let register;
let token;

before(async () => {
  register = await Register.make();
  token = await register.token();
  await register.serve();
});
after(() => register?.end());

const members = async (unit) =>
  (await register.api("GET", `/api/v1/units/${unit}/tally`, { token })).json.members;

function assertProblem(answer, status, field) {
  assert.equal(answer.status, status, answer.text);
  assert.match(answer.type, /^application\/problem\+json/);
  assert.equal(answer.json.status, status);
  assert.ok(answer.json.title.length > 3, answer.text);
  assert.ok(answer.json.detail.length > 5, answer.text);
  if (field) {
    const about = answer.json.errors.filter((e) => e.field === field);
    assert.ok(about.length === 1 && about[0].detail.length > 5, answer.text);
  }
}

test("an enrolment answers with number, card and codes, and counts where it belongs", async () => {
  const before = { IN: await members("IN"), UP: await members("UP"), BR: await members("BR") };
  const from = Math.floor(Date.now() / 1000);
  const one = await register.enrol(token, person({ name_alt: "आशा टेस्टकर" }));
  assert.match(one.number, /^GKC-\d{3}-\d{4}-\d{4}$/);
  assert.equal(one.state, "confirmed");
  assert.equal(one.unit, "UP");
  assert.ok(one.joined_at >= from - 1 && one.joined_at <= Date.now() / 1000 + 1);
  assert.ok(new URL(one.card_url).href.startsWith(`${register.origin}/card/`), one.card_url);
  assert.match(one.check_code, /^GKC\d{11}-[0-9A-HJKMNP-TV-Z]{8}$/);
  assert.match(one.signed_code, /^[0-9A-Z $%*+\-./:]{100,2200}$/);
  assert.match(one.receipt, /^GKC\/\d\d-\d\d\/B\d{3}\/\d{4}$/);
  assert.equal(one.check_code.slice(3, 14), one.number.slice(4).replaceAll("-", ""));
  assert.equal(await members("IN"), before.IN + 1);
  assert.equal(await members("UP"), before.UP + 1);
  assert.equal(await members("BR"), before.BR);
});

test("the same key with the same body gives the same answer and no second member", async () => {
  const body = person();
  const key = "repeat-1";
  const first = await register.enrol(token, body, { key });
  const count = await members("IN");
  const again = await register.api("POST", "/api/v1/members", { token, key, body });
  assert.equal(again.status, 201, again.text);
  assert.equal(again.headers.get("location"), `/api/v1/members/${first.number}`);
  assert.deepEqual(again.json, first);
  assert.equal(await members("IN"), count);
});

test("the same key sent eight times at once makes one member", async () => {
  const body = person();
  const key = "repeat-at-once";
  const count = await members("IN");
  const answers = await Promise.all(
    Array.from({ length: 8 }, () => register.api("POST", "/api/v1/members", { token, key, body })),
  );
  for (const answer of answers) assert.ok([200, 201].includes(answer.status), answer.text);
  assert.equal(new Set(answers.map((a) => a.json.number)).size, 1);
  assert.equal(await members("IN"), count + 1);
});

test("the same key with another body is refused", async () => {
  const key = "repeat-2";
  await register.enrol(token, person(), { key });
  const other = await register.api("POST", "/api/v1/members", { token, key, body: person() });
  assertProblem(other, 422);
});

test("a create without Idempotency-Key is refused", async () => {
  assertProblem(await register.api("POST", "/api/v1/members", { token, body: person() }), 422);
});

test("a duplicate is refused by its kind, without the other's data", async () => {
  const body = person();
  const first = await register.enrol(token, body);
  const again = await register.api("POST", "/api/v1/members", { token, key: "double", body });
  assertProblem(again, 409);
  assert.ok(!again.text.includes(first.number) && !again.text.includes(body.name), again.text);
});

test("a phone takes six of a household and not a seventh", async () => {
  const { phone } = person();
  for (let i = 0; i < 6; i++) await register.enrol(token, person({ phone, phone_of: "household" }));
  const seventh = await register.api("POST", "/api/v1/members", {
    token,
    key: "seventh",
    body: person({ phone, phone_of: "household" }),
  });
  assert.ok([409, 422, 429].includes(seventh.status), seventh.text);
  assertProblem(seventh, seventh.status);
});

test("a PIN of one district finds its unit; one of several gives the choices", async () => {
  const districts = new Map();
  for (const { pin, district_lgd } of await shipped("geography/pin_district.csv.gz")) {
    districts.set(pin, [...(districts.get(pin) ?? []), district_lgd]);
  }
  const [sure] = [...districts].find(([, d]) => d.length === 1);
  const [unsure, several] = [...districts].find(([, d]) => d.length > 2);
  const one = await register.enrol(token, person({ unit: undefined, pin: sure }));
  assert.equal(await members(one.unit), 1);

  const body = person({ unit: undefined, pin: unsure });
  const choose = await register.api("POST", "/api/v1/members", { token, key: "choose", body });
  assertProblem(choose, 422, "pin");
  const choices = choose.json.choices;
  assert.equal(choices.length, several.length, choose.text);
  const there = await members(choices[1].code);
  await register.enrol(token, { ...body, pin: undefined, unit: choices[1].code });
  assert.equal(await members(choices[1].code), there + 1);
});

test("a PIN that nobody has is refused at its field", async () => {
  const body = person({ unit: undefined, pin: "999999" });
  assertProblem(
    await register.api("POST", "/api/v1/members", { token, key: "nopin", body }),
    422,
    "pin",
  );
});

test("names of every kind are taken and come back as they were", async () => {
  const names = [
    "राधा श्रीवास्तव",
    "ज्ञानेश्वर द्विवेदी",
    "लक्ष्मी",
    "Ḥasan ibn ʿAlī",
    "محمد علی",
    "Asha 😀 Devi",
    "A",
    "क".repeat(80),
    "Mary O'Brien-D'Souza (Jr.)",
  ];
  for (const name of names) {
    const made = await register.enrol(token, person({ name }));
    const shown = await register.api("GET", `/api/v1/members/${made.number}`, { token });
    assert.equal(shown.json.name, name.normalize("NFC"));
    const checked = await register.api("GET", `/api/v1/check/${made.check_code}`);
    assert.equal(checked.json.verdict, "valid", checked.text);
  }
});

test("what is no name is refused at its field", async () => {
  for (const name of ["<b>Asha</b>", "12345", "a@b.in", "\u202e", "😀"]) {
    const answer = await register.api("POST", "/api/v1/members", {
      token,
      key: `name-${name}`.replace(/[^ -~]/g, "x"),
      body: person({ name }),
    });
    assertProblem(answer, 422, "name");
  }
});

test("a member is shown to those of its unit only, and the look is recorded", async () => {
  const bihar = await register.token("enroller", "--unit", "BR");
  const made = await register.enrol(token, person());
  const target = `/api/v1/members/${made.number}`;
  assert.equal((await register.api("GET", target, { token })).status, 200);
  assertProblem(await register.api("GET", target, { token: bihar }), 404);
  const outside = await register.api("POST", "/api/v1/members", {
    token: bihar,
    key: "outside",
    body: person({ unit: "UP" }),
  });
  assertProblem(outside, 403);
});

test("without a token, with a wrong, an ended or a revoked one nothing is said", async () => {
  const body = person();
  const send = (other) =>
    register.api("POST", "/api/v1/members", { token: other, key: "auth", body });
  const none = await send(undefined);
  assertProblem(none, 401);
  assert.match(none.headers.get("www-authenticate") ?? "", /^Bearer/i);
  assertProblem(await send("0".repeat(32)), 401);
  assertProblem(await send("' OR 1=1 --"), 401);
  const revoked = await register.token();
  const listed = await register.cliWell("token list");
  assert.ok(!listed.includes(revoked), "a list shows the token");
  const id = Math.max(...[...listed.matchAll(/^\s*(\d+)\b/gm)].map(([, n]) => Number(n)));
  await register.cliWell("token revoke", String(id));
  await eventually(async () => (await send(revoked)).status === 401, "a revoked token is refused");
});

test("every figure of a unit is that of all below it", async () => {
  const sums = {};
  const { units, next } = (await register.api("GET", "/api/v1/units?parent=IN", { token })).json;
  assert.equal(units.length, 36);
  assert.equal(next, null);
  for (const { code } of units) {
    const tally = (await register.api("GET", `/api/v1/units/${code}/tally`, { token })).json;
    for (const [figure, n] of Object.entries(tally)) {
      if (typeof n === "number") sums[figure] = (sums[figure] ?? 0) + n;
    }
  }
  const whole = (await register.api("GET", "/api/v1/units/IN/tally", { token })).json;
  assert.ok(whole.members > 5 && whole.women > 5 && whole.rural > 5);
  for (const [figure, sum] of Object.entries(sums)) assert.equal(whole[figure], sum, figure);
  const today = whole.days.at(-1);
  assert.equal(today.joined, whole.members);
  assert.equal(whole.days.length, 30);
});

test("the public count follows within two seconds", async () => {
  const live = async () => (await register.api("GET", "/live.json")).json;
  const before = await live();
  await register.enrol(token, person());
  const after = await eventually(
    async () => {
      const now = await live();
      return now.members > before.members && now;
    },
    "the count rises",
    2_000,
  );
  assert.equal(after.members, before.members + 1);
  const ofUp = (all) => all.units.find((u) => u.code === "UP");
  assert.equal(ofUp(after).members, ofUp(before).members + 1);
  assert.equal(after.today, before.today + 1);
});
