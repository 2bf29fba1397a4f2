// The wish for news on the card page; a draft of a join that is over; and what a minor's own phone
// does not open.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { indianDay, person, Register } from "./harness.mjs";

let register;
let token;

before(async () => {
  register = await Register.make();
  token = await register.token();
  await register.serve();
});
after(() => register?.end());

const pathOf = (url) => new URL(url).pathname;

function shownCode(visitor) {
  const found = visitor.page.text.match(/demo-code[^>]*>\s*(\d{6})\s*</);
  assert.ok(found, visitor.page.text);
  register.secrets.add(found[1]);
  return found[1];
}

async function signIn(visitor, phone, who) {
  register.secrets.add(phone);
  await visitor.get("/sign-in");
  await visitor.submit({ phone });
  await visitor.submit({ code: shownCode(visitor) });
  if (pathOf(visitor.page.url) === "/sign-in/whose") await visitor.submit({ who });
  const page = pathOf(visitor.page.url);
  assert.match(page, /^\/card\//, visitor.page.text);
  register.secrets.add(page.split("/")[2]);
  return page;
}

for (const lang of ["hi", "en"]) {
  test(`who comes back says yes and no to news (${lang})`, async () => {
    const { phone } = person();
    await register.enrol(token, person({ phone }));
    const visitor = register.visitor(lang);
    const page = await signIn(visitor, phone, "0");
    await visitor.get(`${page}/messages`);
    assert.equal(pathOf(visitor.page.url), `${page}/messages`);
    assert.ok(!visitor.page.text.includes("note good"));
    await visitor.submit({}, { having: "messages" });
    assert.ok(visitor.page.text.includes("note good"), visitor.page.text);
    await visitor.submit({}, { having: "csrf" });
    assert.ok(!visitor.page.text.includes("note good"));
    const stranger = register.visitor(lang);
    await stranger.get(`${page}/messages`);
    assert.match(stranger.page.url, /\/code\?act=messages$/);
    const { csrf } = stranger.page.forms.find((f) => "csrf" in f.fields).fields;
    const form = { csrf, messages: "1" };
    assert.equal((await stranger.request("POST", `${page}/messages`, { form })).status, 403);
  });

  test(`who comes back to a join after a day is told what to do (${lang})`, async () => {
    const visitor = register.visitor(lang);
    const { name, phone } = person();
    for (const secret of [name, phone]) register.secrets.add(secret);
    await visitor.get("/join");
    const form = { name, phone, phone_of: "self", place: "226001", settlement: "urban",
      gender: "f", birth_year: "1984" };
    await visitor.submit(form, { having: "name" });
    assert.equal(pathOf(visitor.page.url), "/join/check");
    await register.daysLater(1);
    for (const step of ["/join/check", "/join/code", "/join/pay", "/join/resend"]) {
      await visitor.get(step);
      assert.equal(pathOf(visitor.page.url), "/join/over", step);
      assert.equal(visitor.page.status, 200);
      assert.match(visitor.page.text, /href="\/join"/);
      assert.match(visitor.page.text, /href="\/sign-in"/);
    }
    await visitor.get("/join");
    assert.equal(visitor.page.forms.find((f) => "name" in f.fields).fields.name, "");
  });
}

test("a minor's own phone shows the card and allows nothing", async () => {
  const own = person().phone;
  const guardian = person().phone;
  for (const secret of [own, guardian]) register.secrets.add(secret);
  const year = Number(indianDay(register.clockOffset / 86400).slice(0, 4)) - 12;
  const at = Math.floor(Date.now() / 1000) - 5 + register.clockOffset;
  await register.enrol(token, person({ phone: own, birth_year: year,
    guardian_name: "Gita Guardian", guardian_phone: guardian, consent: { notice: "1", at } }));
  register.secrets.add("Gita Guardian");
  const visitor = register.visitor("en");
  const page = await signIn(visitor, own, "0");
  await visitor.get(`${page}/messages`);
  assert.match(visitor.page.url, /\/code\?act=messages$/);
});
