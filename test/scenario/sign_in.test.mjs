// Coming back to the card with the phone alone, without JavaScript: one member, a household, a
// phone nobody joined with; and what strangers must not learn on the way.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { person, Register } from "./harness.mjs";

let register;
let token;

before(async () => {
  register = await Register.make();
  token = await register.token();
  await register.serve();
});
after(() => register?.end());

const pathOf = (url) => new URL(url).pathname;

async function member(changes = {}) {
  const made = await register.enrol(token, person(changes));
  register.secrets.add(pathOf(made.card_url).split("/")[2]);
  return { ...made, page: pathOf(made.card_url) };
}

function shownCode(visitor) {
  const found = visitor.page.text.match(/demo-code[^>]*>\s*(\d{6})\s*</);
  assert.ok(found, visitor.page.text);
  register.secrets.add(found[1]);
  return found[1];
}

async function askCode(visitor, phone) {
  register.secrets.add(phone);
  await visitor.get("/sign-in");
  await visitor.submit({ phone });
  assert.equal(pathOf(visitor.page.url), "/sign-in/code", visitor.page.text);
  return shownCode(visitor);
}

async function signIn(visitor, phone) {
  await visitor.submit({ code: await askCode(visitor, phone) });
  return visitor.page;
}

const wrong = (code) => (code === "000000" ? "000001" : "000000");
const phoneLine = async (made) =>
  (await register.cliWell("member show", made.number)).match(/phone .*/)[0];

for (const lang of ["hi", "en"]) {
  test(`whose? then the card, with its acts open and the phone confirmed (${lang})`, async () => {
    const { phone } = person();
    const asha = await member({ name: "Asha Devi", phone, phone_of: "household" });
    const ramesh = await member({ name: "Ramesh Kumar", phone, phone_of: "household" });
    assert.match(await phoneLine(ramesh), /unconfirmed/);
    const visitor = register.visitor(lang);
    await visitor.get("/");
    assert.match(visitor.page.text, /href="\/sign-in"/);
    await signIn(visitor, phone);
    assert.equal(pathOf(visitor.page.url), "/sign-in/whose");
    const { text } = visitor.page;
    assert.match(text, new RegExp(`<html[^>]* lang="${lang}"`));
    assert.ok(text.includes("Asha D.") && text.includes("Ramesh K."));
    assert.ok(text.includes(ramesh.number.slice(-4)));
    for (const much of ["Asha Devi", "Kumar", phone, asha.number, asha.page]) {
      assert.ok(!text.includes(much), much);
    }
    await visitor.submit({}, { having: "who" });
    assert.equal(visitor.page.status, 422);
    assert.match(visitor.page.text, /href="#who"/);
    await visitor.submit({ who: "1" });
    assert.equal(pathOf(visitor.page.url), ramesh.page);
    assert.ok(visitor.page.text.includes("Ramesh Kumar"));
    assert.doesNotMatch(await phoneLine(ramesh), /unconfirmed/);
    assert.match(await phoneLine(asha), /unconfirmed/);
    await visitor.get(`${ramesh.page}/photo`);
    assert.equal(pathOf(visitor.page.url), `${ramesh.page}/photo`);
    for (const other of [`${asha.page}/photo`, `${ramesh.page}/leave`]) {
      await visitor.get(other);
      assert.match(visitor.page.url, /\/code\?act=/);
    }
    await visitor.get("/sign-in/whose"); // it was used
    assert.equal(pathOf(visitor.page.url), "/sign-in");
  });
}

test("who is alone on a confirmed phone comes to the card at once", async () => {
  const { phone } = person();
  const made = await member({ phone });
  const visitor = register.visitor("en");
  await signIn(visitor, phone);
  assert.equal(pathOf(visitor.page.url), "/sign-in/whose"); // unconfirmed: whoever has it must say
  await visitor.submit({ who: "0" });
  assert.equal(pathOf(visitor.page.url), made.page);
  const again = register.visitor("en");
  assert.equal(pathOf((await signIn(again, phone)).url), made.page);
});

test("a phone nobody joined with sees the same until its code was right", async () => {
  const { phone } = person();
  await member({ phone });
  const seen = [];
  for (const number of [phone, person().phone]) {
    const visitor = register.visitor("en");
    const code = await askCode(visitor, number);
    const shape = (text) =>
      text
        .replaceAll(code, "CODE")
        .replaceAll(number.slice(-3), "END")
        .replaceAll(/value="[^"]*"/g, "");
    const asked = shape(visitor.page.text);
    await visitor.submit({ code: wrong(code) });
    seen.push([asked, visitor.page.status, shape(visitor.page.text)]);
    await visitor.get("/sign-in/whose");
    assert.equal(pathOf(visitor.page.url), "/sign-in/code");
  }
  assert.deepEqual(seen[0], seen[1]);
  const visitor = register.visitor("en");
  await signIn(visitor, person().phone);
  assert.match(visitor.page.text, /no member here has the phone/);
  assert.match(visitor.page.text, /href="\/join/);
});

test("codes are few, wrong ones are counted, and no page is kept", async () => {
  const { phone } = person();
  await member({ phone });
  const visitor = register.visitor("en");
  const code = await askCode(visitor, phone);
  assert.match(visitor.page.headers.get("cache-control"), /no-store/);
  await visitor.submit({ code: wrong(code) });
  assert.equal(visitor.page.status, 422);
  assert.match(visitor.page.text, /Tries left: 4/);
  for (let i = 0; i < 2; i++) {
    await visitor.get("/sign-in/code");
    const resend = visitor.page.forms.find((f) => f.action === "/sign-in/resend");
    await visitor.request("POST", "/sign-in/resend", { form: resend.fields });
    shownCode(visitor);
  }
  await visitor.get("/sign-in");
  await visitor.submit({ phone });
  assert.equal(visitor.page.status, 429);
});

test("a slip is told at the phone, and kept", async () => {
  for (const phone of ["", "123", "abc"]) {
    const visitor = register.visitor("en");
    await visitor.get("/sign-in");
    await visitor.submit({ phone });
    assert.equal(visitor.page.status, 422, phone);
    assert.match(visitor.page.text, /href="#phone"/);
    const { fields } = visitor.page.forms.find((f) => "phone" in f.fields);
    assert.equal(fields.phone, phone);
  }
});

test("an applied member is led to the open fee", async () => {
  const { phone, name } = person();
  register.secrets.add(name);
  const visitor = register.visitor("en");
  await visitor.get("/join");
  const form = { name, phone, phone_of: "self", place: "226001", settlement: "urban", gender: "f",
    birth_year: "1984" };
  await visitor.submit(form, { having: "name" });
  await visitor.submit({ name, name_alt: "", agreed: "1" }, { having: "agreed" });
  await visitor.submit({ code: shownCode(visitor) });
  assert.match(visitor.page.url, /\/join\/pay$/);
  const later = register.visitor("en");
  await signIn(later, phone);
  assert.match(pathOf(later.page.url), /^\/pay\//);
  register.secrets.add(pathOf(later.page.url).split("/")[2]);
});

test("where no code can be sent the page says where to go", async () => {
  const earnest = await Register.make({ demo: false });
  await earnest.serve();
  const visitor = earnest.visitor("en");
  await visitor.get("/sign-in");
  assert.match(visitor.page.text, /cannot send codes yet/);
  assert.ok(!visitor.page.forms.some((f) => "phone" in f.fields));
  await earnest.end();
});
