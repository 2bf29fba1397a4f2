// What the SMS of a card page says: the act that its code allows, in the reader's language.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { indianYear, person, Register, useRealClock } from "./harness.mjs";
import { Gateway } from "./sms_gateway.mjs";

useRealClock();

let register;
let gateway;
let token;

before(async () => {
  gateway = await Gateway.start();
  register = await Register.make({ demo: false, fee: "0" });
  const settings = gateway.settings({
    templates: {
      code: { hi: { id: "1001" }, en: { id: "1002" } },
      act: { hi: { id: "1003" }, en: { id: "1004" } },
      moved: { hi: { id: "1005" }, en: { id: "1006" } },
    },
  });
  const set = await register.cliWith({ input: JSON.stringify(settings) }, "gateway set", "-");
  assert.equal(set.code, 0, set.stderr);
  token = await register.token();
  await register.serve();
});
after(async () => {
  await gateway?.stop();
  await register?.end();
});

const words = {
  en: {
    photo: /to change your card or messages\./,
    messages: /to change your card or messages\./,
    phone: /to change your phone\./,
    address: /to move your card page\./,
    lost: /to get a new card\./,
    leave: /your Friends of the Library code to leave\./,
    deny: /to say that you did not join\./,
  },
  hi: {
    photo: /^पुस्तकालय मित्र मंडल: कार्ड या संदेश में बदलाव के लिए आपका कोड \d{6} है।/,
    messages: /कार्ड या संदेश में बदलाव के लिए/,
    phone: /सदस्यता का फ़ोन बदलने के लिए/,
    address: /कार्ड पेज का पता बदलने के लिए/,
    lost: /नया कार्ड लेने के लिए/,
    leave: /सदस्यता छोड़ने के लिए/,
    deny: /सदस्य न बनने की बात बताने के लिए/,
  },
};

for (const lang of ["hi", "en"]) {
  test(`the SMS of every act names it, and its code leads there (${lang})`, async () => {
    for (const [act, named] of Object.entries(words[lang])) {
      const who = person();
      const made = await register.enrol(token, who);
      const page = new URL(made.card_url).pathname;
      for (const word of [who.phone, page.split("/")[2]]) register.secrets.add(word);
      const visitor = register.visitor(lang);
      await visitor.get(`${page}/${act}`);
      await visitor.submit({}, { having: "act" });
      const text = await gateway.nextTo(who.phone.slice(-10));
      assert.match(text, named);
      assert.ok(!text.includes("{"), text);
      const [code] = text.match(/\b\d{6}\b/);
      register.secrets.add(code);
      assert.ok(!visitor.page.text.includes(code), "the page shows the code");
      await visitor.submit({ code });
      assert.equal(new URL(visitor.page.url).pathname, `${page}/${act}`, visitor.page.text);
    }
  });
}

test("the new phone gets a code, and the old one is told that a membership left", async () => {
  const who = person();
  const own = person().phone;
  const made = await register.enrol(token, who);
  const page = new URL(made.card_url).pathname;
  for (const word of [who.phone, own, page.split("/")[2]]) register.secrets.add(word);
  const visitor = register.visitor("hi");
  const next = async (phone) => {
    const text = await gateway.nextTo(phone.slice(-10));
    const [code] = text.match(/\b\d{6}\b/);
    register.secrets.add(code);
    return { text, code };
  };
  await visitor.get(`${page}/phone`);
  await visitor.submit({}, { having: "act" });
  await visitor.submit({ code: (await next(who.phone)).code });
  await visitor.submit({ phone: own, phone_of: "self" });
  const { text, code } = await next(own);
  assert.match(text, /इस फ़ोन पर सदस्यता लाने के लिए/);
  await visitor.submit({ code });
  assert.equal(new URL(visitor.page.url).pathname, "/sign-in", visitor.page.text);
  const told = await gateway.nextTo(who.phone.slice(-10));
  assert.match(told, /इस फ़ोन की एक सदस्यता अब दूसरे फ़ोन पर है/);
  assert.ok(!told.includes(who.name) && !told.includes(own.slice(-4)), told);
});

test("of a minor the guardian gets the codes, until the minor is of age", async () => {
  const year = indianYear();
  const child = { ...person(), birth_year: year - 18, of_age: "no" };
  const guardian = { guardian_name: "Sita Testkar", guardian_phone: "+919000000017" };
  const made = await register.enrol(token, { ...child, ...guardian });
  const page = new URL(made.card_url).pathname;
  const own = child.phone.slice(-10);
  for (const word of [own, page.split("/")[2], "Sita Testkar", "9000000017"]) {
    register.secrets.add(word);
  }
  const visitor = register.visitor("en");
  await visitor.get(page);
  // whoever was sent the address sees the card alone
  assert.doesNotMatch(visitor.page.text, /Sita/);
  await visitor.get(`${page}/leave`);
  assert.match(visitor.page.text, /your guardian agrees for you/);
  assert.doesNotMatch(visitor.page.text, /Sita/);
  await visitor.submit({}, { having: "act" });
  const text = await gateway.nextTo("9000000017");
  assert.match(text, words.en.leave);
  await visitor.submit({ code: text.match(/\b\d{6}\b/)[0] });
  assert.equal(new URL(visitor.page.url).pathname, `${page}/leave`, visitor.page.text);
  await visitor.get(page);
  assert.ok(visitor.page.text.includes("Sita Testkar"));
  assert.ok(!visitor.page.text.includes("90000000"), "the phone is masked");

  const reader = await register.token("admin");
  const look = async () =>
    (await register.api("GET", `/api/v1/members/${made.number}`, { token: reader })).json;
  assert.equal((await look()).guardian.phone, "+919000000017");
  assert.match(await register.cliWell("member show", made.number), /guardian +Sita Testkar, \+91/);
  await register.cliWell("member of-age", made.number);
  assert.equal((await look()).guardian, null);
  assert.doesNotMatch(await register.cliWell("member show", made.number), /guardian/);
  const grown = register.visitor("en");
  await grown.get(page);
  assert.doesNotMatch(grown.page.text, /Sita/);
  await grown.get(`${page}/leave`);
  await grown.submit({}, { having: "act" });
  assert.match(await gateway.nextTo(own), words.en.leave);
  assert.equal((await register.cli("member of-age", made.number)).code, 1);
});

test("the log says nothing of it", async () => {
  await register.stop();
  register.assertLogSilent();
});
