// What guards the count: limits of enrollers that hold at once, and who finds them in the way.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { person, Register } from "./harness.mjs";

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

test("an enroller is stopped for the day at once, and goes on when the office agrees", async () => {
  const token = await register.token(); // token 1
  await register.enrol(token, person());
  await register.enrol(token, person());
  const all = await register.cliWell("limits", "--enroller-cap", "2");
  assert.match(all, /enrolments a day, one person 2\n/);
  const body = person();
  assertStopped(await send(token, body), "enroller_cap", undefined);
  assert.match(
    await register.cliWell("limits", "--enroller", "1", "--cap", "3", "--until", "2099-12-31"),
    /^token:1 {2}2 of 3 enrolments today, .*until 2099-12-31\n$/,
  );
  await register.enrol(token, body);
  assertStopped(await send(token, person()), "enroller_cap", undefined);
  await register.enrol(await register.token(), person()); // another's day
  const refused = await register.cli("limits", "--enroller", "99");
  assert.equal(refused.code, 1, refused.stderr);
  const over = ["--enroller", "1", "--cap", "9", "--until", "2020-01-01"];
  assert.notEqual((await register.cli("limits", ...over)).code, 0);
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
