// A woman joins on a relative's phone and moves to her own later, without JavaScript; the phone
// that she left sees nothing more of her. And the organisation changes a phone that was lost.
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

function shownCode(visitor) {
  const found = visitor.page.text.match(/demo-code[^>]*>\s*(\d{6})\s*</);
  assert.ok(found, visitor.page.text);
  register.secrets.add(found[1]);
  return found[1];
}

function hideCard(visitor) {
  const page = pathOf(visitor.page.url);
  assert.match(page, /^\/card\/[^/]+$/, visitor.page.text);
  register.secrets.add(page.split("/")[2]);
  return page;
}

async function joins(visitor, name, phone) {
  for (const secret of [name, phone]) register.secrets.add(secret);
  await visitor.get("/join?another=1");
  const form = { name, phone, phone_of: "household", place: "226001", settlement: "rural",
    gender: "f", birth_year: "1984" };
  await visitor.submit(form, { having: "name" });
  await visitor.submit({ name, name_alt: "", agreed: "1" }, { having: "agreed" });
  await visitor.submit({ code: shownCode(visitor) });
  await visitor.submit({}, {});
  return hideCard(visitor);
}

async function signIn(visitor, phone) {
  await visitor.get("/sign-in");
  await visitor.submit({ phone });
  await visitor.submit({ code: shownCode(visitor) });
  return visitor.page;
}

// A code to the phone of now allows the move.
async function allowed(visitor, page) {
  await visitor.get(`${page}/phone`);
  assert.match(visitor.page.url, /\/code\?act=phone$/, "signing in does not allow it");
  await visitor.submit({}, { having: "act" });
  await visitor.submit({ code: shownCode(visitor) });
  assert.equal(pathOf(visitor.page.url), `${page}/phone`, visitor.page.text);
}

const hers = "Savitri Ownphone";
const his = "Mohan Ownphone";

for (const lang of ["hi", "en"]) {
  test(`from a relative's phone to her own (${lang})`, async () => {
    const shared = person().phone;
    const own = person().phone;
    register.secrets.add(own);
    const home = register.visitor(lang);
    await register.enrol(token, person({ name: his, phone: shared, phone_of: "household" }));
    const before = await joins(home, hers, shared);

    const savitri = register.visitor(lang);
    await signIn(savitri, shared);
    assert.equal(pathOf(savitri.page.url), "/sign-in/whose");
    await savitri.submit({ who: "1" });
    assert.equal(pathOf(savitri.page.url), before);
    await savitri.get(`${before}/manage`);
    assert.ok(savitri.page.text.includes(`${before}/phone`), savitri.page.text);
    await allowed(savitri, before);
    assert.ok(!savitri.page.text.includes(shared));
    const now = new RegExp(`${shared.slice(-2)}[^<]*</p>`); // the phone of now, by its last digits
    assert.match(savitri.page.text, now);
    for (const [phone, status] of [["12", 422], [shared, 409]]) {
      await savitri.submit({ phone, phone_of: "self" });
      assert.equal(savitri.page.status, status, savitri.page.text);
      assert.match(savitri.page.text, now);
    }
    await savitri.submit({ phone: own, phone_of: "self" });
    assert.equal(pathOf(savitri.page.url), `${before}/phone/code`);
    const code = shownCode(savitri);
    await savitri.submit({ code: code === "000000" ? "000001" : "000000" });
    assert.equal(savitri.page.status, 422);
    await savitri.submit({ code });
    assert.equal(pathOf(savitri.page.url), "/sign-in");
    assert.match(savitri.page.text, /class="note good"/);

    await register.daysLater(1); // the shared phone had its codes of the hour
    await home.get(before); // as the shared phone remembers it
    assert.equal(home.page.status, 404);
    assert.ok(!home.page.text.includes(hers));
    await signIn(home, shared);
    assert.equal(pathOf(home.page.url), "/sign-in/whose");
    assert.ok(home.page.text.includes("Mohan O.") && !home.page.text.includes("Savitri"));
    await signIn(savitri, own);
    const after = hideCard(savitri);
    assert.notEqual(after, before);
    assert.ok(savitri.page.text.includes(hers));
  });
}

test("without the acts of the card nothing moves", async () => {
  const phone = person().phone;
  const visitor = register.visitor("en");
  const page = await joins(visitor, "Kept Ownphone", phone);
  await visitor.get(`${page}/manage`);
  for (const path of ["/phone", "/phone/code"]) {
    await visitor.get(`${page}${path}`);
    assert.equal(pathOf(visitor.page.url), `${page}/code`);
  }
  await visitor.get(`${page}/code?act=phone`);
  const { csrf } = visitor.page.forms.find((f) => "csrf" in f.fields).fields;
  for (const [path, form] of [
    ["/phone", { phone: "9876500000", phone_of: "self" }],
    ["/phone/code", { code: "123456" }],
    ["/phone/resend", {}],
  ]) {
    const done = await visitor.request("POST", `${page}${path}`, { form: { csrf, ...form } });
    assert.equal(done.status, 403, path);
  }
});

test("the organisation changes a lost phone, unconfirmed until she signs in", async () => {
  const lost = person().phone;
  const next = person().phone;
  register.secrets.add(next);
  const made = await register.enrol(token, person({ name: "Lost Ownphone", phone: lost }));
  register.secrets.add(pathOf(made.card_url).split("/")[2]);
  const bad = await register.cli("member phone", made.number, "--to", next);
  assert.notEqual(bad.code, 0);
  const args = [made.number, "--to", next, "--reason", "came with her card"];
  const said = await register.cliWell("member phone", ...args);
  assert.ok(!said.includes(next));
  assert.match(await register.cliWell("member show", made.number), /self, unconfirmed/);
  assert.notEqual((await register.cli("member phone", ...args)).code, 0); // it is the phone already
  const visitor = register.visitor("en");
  await signIn(visitor, lost);
  assert.match(visitor.page.text, /no member here has the phone/);
  await signIn(visitor, next);
  await visitor.submit({ who: "0" });
  hideCard(visitor);
  assert.match(await register.cliWell("member show", made.number), /self, code/);
});
