// What guards the count: limits of enrollers that hold at once, and who finds them in the way.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { indianDay, person, Register } from "./harness.mjs";

let register;

before(async () => {
  register = await Register.make();
  await register.serve();
});
after(() => register?.end());

const send = (token, body) =>
  register.api("POST", "/api/v1/members", { token, key: `key-${Math.random()}`, body });

function assertStopped(answer, code, field) {
  assert.equal(answer.status, 429, answer.text);
  assert.match(answer.type, /^application\/problem\+json/);
  assert.equal(answer.json.errors[0].code, code);
  assert.equal(answer.json.errors[0].field, field);
  assert.ok(answer.json.detail.length > 20, answer.text);
}

/* A day some weeks from now: as a command, a form and a page write it. */
function laterDay(days) {
  const [year, month, day] = indianDay(days).split("-");
  const name = new Date(indianDay(days)).toLocaleString("en", { month: "long", timeZone: "UTC" });
  return {
    iso: `${year}-${month}-${day}`,
    typed: { day, month, year },
    words: `${Number(day)} ${name} ${year}`,
  };
}

test("an enroller is stopped for the day at once, and goes on when the office agrees", async () => {
  const token = await register.token(); // token 1
  await register.enrol(token, person());
  await register.enrol(token, person());
  const all = await register.cliWell("limits", "--enroller-cap", "2");
  assert.match(all, /enrolments a day, one person 2\n/);
  const body = person();
  assertStopped(await send(token, body), "enroller_cap", undefined);
  const { iso } = laterDay(40);
  const given = await register.cliWell("limits", "--enroller", "1", "--cap", "3", "--until", iso);
  assert.match(given, /^token:1 {2}2 of 3 enrolments today, /);
  assert.ok(given.endsWith(`until ${iso}\n`), given);
  await register.enrol(token, body);
  assertStopped(await send(token, person()), "enroller_cap", undefined);
  await register.enrol(await register.token(), person()); // another's day
  const refused = await register.cli("limits", "--enroller", "99");
  assert.equal(refused.code, 1, refused.stderr);
  const over = ["--enroller", "1", "--cap", "9", "--until", "2020-01-01"];
  assert.notEqual((await register.cli("limits", ...over)).code, 0);
  const ever = ["--enroller", "1", "--cap", "9", "--until", "2999-12-31"];
  assert.match((await register.cli("limits", ...ever)).stderr, /lasts a year at most/);
});

test("cash stops in one person's hands until it is handed in", async () => {
  await register.cliWell("limits", "--enroller-cap", "200", "--cash-cap", "22");
  const token = await register.token(); // token 3
  await register.enrol(token, person());
  await register.enrol(token, person());
  const body = person();
  const answer = await send(token, body);
  assertStopped(answer, "cash_cap", "fee.amount_paise");
  assert.match(answer.json.detail, /₹22/);
  await register.cliWell("book deposit", "3", "--amount", "22", "--note", "slip 1");
  await register.enrol(token, body);
});

test("the terminal shows what looks odd and who enrolled, and keeps what it was", async () => {
  await register.cliWell("limits", "--cash-cap", "100000");
  await register.cliWell("oddity rule", "--kind", "burst", "--many", "4", "--minutes", "5");
  const token = await register.token("enroller", "--label", "Camp at the fair"); // token 4
  const made = [];
  for (let i = 0; i < 4; i++) made.push(await register.enrol(token, person()));
  await register.cliWell("oddity find");
  const listed = await register.cliWell("oddity list", "--kind", "burst");
  const id = listed.match(/^\s*(\d+) {2}open {6}burst .* 4 {2}token 4 Camp at the fair$/m)?.[1];
  assert.ok(id, listed);
  const shown = await register.cliWell("oddity show", id);
  for (const { number } of made) assert.ok(shown.includes(number), shown);
  const looks = await register.cliWell("oddity decide", id, "--state", "examined");
  assert.match(looks, /examined/);
  assert.equal((await register.cli("oddity decide", id, "--state", "fine")).code, 1);
  assert.match(
    await register.cliWell("oddity suspend", id, "--reason", "nobody answers"),
    /^4 memberships are on hold\.$/m,
  );
  assert.match(await register.cliWell("oddity list", "--state", "acted"), /acted {5}burst/);
  const look = await register.api("GET", `/api/v1/members/${made[0].number}`, { token });
  assert.equal(look.json.state, "suspended", look.text);
});

async function burst(label, count = 4) {
  const token = await register.token("enroller", "--label", label);
  const made = [];
  for (let i = 0; i < count; i++) made.push(await register.enrol(token, person()));
  await register.cliWell("oddity find");
  return made;
}

test("at the desk one looks, decides, and puts a group on hold by a second look", async () => {
  const made = await burst("Camp by the river");
  const key = await register.token("admin");
  const visitor = register.visitor();
  await visitor.deskSignIn(key);
  await visitor.get("/desk");
  assert.match(visitor.page.text, /href="\/desk\/oddities"/);
  await visitor.get("/desk/oddities?kind=burst");
  const id = visitor.page.text.match(/href="\/desk\/oddities\/(\d+)"[^]*?Camp by the river/)?.[1];
  assert.ok(id, visitor.page.text);
  await visitor.get(`/desk/oddities/${id}`);
  for (const { number } of made) assert.ok(visitor.page.text.includes(number), number);
  await visitor.submit({ state: "fine" });
  assert.equal(visitor.page.status, 422);
  assert.match(visitor.page.text, /Write in a sentence what you found/);
  await visitor.submit({ state: "examined", note: "Asked the camp’s leader." });
  assert.match(visitor.page.url, new RegExp(`/desk/oddities/${id}$`));
  assert.match(visitor.page.text, /Asked the camp’s leader/);
  await visitor.get(`/desk/oddities/${id}/suspend`);
  await visitor.submit({ reason: "" });
  assert.equal(visitor.page.status, 422);
  await visitor.submit({ reason: "nobody of them answers" });
  assert.match(visitor.page.text, /Something was done about it/);
  assert.equal(visitor.page.text.match(/>On hold ·/g).length, made.length);
  await visitor.get("/desk/oddities?state=acted");
  assert.ok(visitor.page.text.includes(`/desk/oddities/${id}"`));
});

test("programs see and decide the same, each within the own unit", async () => {
  const made = await burst("Camp at school");
  const key = await register.token("admin");
  const bihar = await register.token("admin", "--unit", "BR");
  const enroller = await register.token();
  const listed = await register.api("GET", "/api/v1/oddities?kind=burst", { token: key });
  const one = listed.json.oddities.find((o) => o.token_label === "Camp at school");
  assert.equal(one.found, made.length);
  const target = `/api/v1/oddities/${one.id}`;
  const shown = await register.api("GET", target, { token: key });
  const numbers = new Set(made.map((m) => m.number));
  assert.deepEqual(new Set(shown.json.members.map((m) => m.number)), numbers);
  assert.equal((await register.api("GET", target, { token: bihar })).status, 404);
  assert.equal((await register.api("GET", "/api/v1/oddities", { token: bihar })).json.total, 0);
  assert.equal((await register.api("GET", target, { token: enroller })).status, 403);
  const decide = (body) => register.api("POST", target, { token: key, key: "k", body });
  assert.equal((await decide({ state: "fine" })).status, 422);
  assert.equal((await decide({ state: "fine", note: "A camp." })).json.state, "fine");
  assert.equal((await decide({ state: "fine", note: "A camp." })).status, 409);
});

test("the desk shows who enrols and raises one's limit until a day", async () => {
  await register.cliWell("limits", "--enroller-cap", "2");
  const token = await register.token("enroller", "--label", "Bus stand");
  const key = await register.token("admin");
  await register.enrol(token, person());
  await register.enrol(token, person());
  assertStopped(await send(token, person()), "enroller_cap", undefined);
  const visitor = register.visitor();
  await visitor.deskSignIn(key);
  await visitor.get("/desk/enrollers");
  const id = visitor.page.text.match(/\/desk\/enrollers\/(\d+)"><b>Bus stand/)?.[1];
  assert.ok(id, visitor.page.text);
  assert.match(visitor.page.text, /2 of 2 today · in 30 days: 2 · without/);
  assert.match(visitor.page.text, /without a confirmed phone: 2 \(100 %\)/);
  assert.match(visitor.page.text, /cash in hand: ₹22/);
  await visitor.get(`/desk/enrollers/${id}`);
  await visitor.submit({ joins: "3", day: "31", month: "2", year: "2099" });
  assert.equal(visitor.page.status, 422);
  assert.match(visitor.page.text, /value="2099"/);
  await visitor.submit({ joins: "3", day: "31", month: "12", year: "2999" });
  assert.equal(visitor.page.status, 422);
  assert.match(visitor.page.text, /id="day-error">[^<]*lasts a year at most/);
  const until = laterDay(40);
  await visitor.submit({ joins: "3", ...until.typed });
  assert.match(visitor.page.text, /2 of 3/);
  assert.ok(visitor.page.text.includes(until.words), until.words);
  await register.enrol(token, person());
  assertStopped(await send(token, person()), "enroller_cap", undefined);
  const own = Number(id) + 1; // the token signed in with was made next
  await visitor.get(`/desk/enrollers/${own}`);
  await visitor.submit({ joins: "9", ...until.typed });
  assert.match(visitor.page.text, /you cannot raise your own limits/);
  const bihar = register.visitor();
  await bihar.deskSignIn(await register.token("admin", "--unit", "BR"));
  assert.equal((await bihar.get(`/desk/enrollers/${id}`)).status, 404);
  assert.match(await register.cliWell("enroller list"), / IN +3 +3 +3 +3 +0 +₹33 {2}Bus stand$/m);
  await register.cliWell("limits", "--enroller-cap", "200");
});
