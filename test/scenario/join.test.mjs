// Joining on the web without JavaScript, in both languages, from the first page to the card; what
// happens on the way to those who slip, and what a stranger must not learn.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { eventually, indianYear, person, Register, shipped } from "./harness.mjs";
import { Gateway } from "./sms_gateway.mjs";

let register;
let token;

before(async () => {
  register = await Register.make();
  token = await register.token();
  await register.serve();
});
after(() => register?.end());

function form(changes = {}) {
  const { name, phone } = person();
  for (const secret of [name, phone]) register.secrets.add(secret);
  return {
    name,
    phone,
    phone_of: "self",
    place: "226001",
    settlement: "urban",
    gender: "f",
    birth_year: "1984",
    ...changes,
  };
}

// To the step where the code is asked for; gives the code that a demo register shows.
async function untilCode(visitor, typed = form(), name_alt = "") {
  await visitor.get("/join");
  await visitor.submit(typed, { having: "name" });
  assert.match(visitor.page.url, /\/join\/check$/, visitor.page.text);
  await visitor.submit({ name: typed.name, name_alt, agreed: "1" }, { having: "agreed" });
  assert.match(visitor.page.url, /\/join\/code$/, visitor.page.text);
  const [, code] = visitor.page.text.match(/demo-code[^>]*>\s*(\d{6})\s*</);
  register.secrets.add(code);
  return code;
}

const total = async () => (await register.api("GET", "/live.json")).json.members;

for (const lang of ["hi", "en"]) {
  test(`from the first page to the card (${lang})`, async () => {
    const visitor = register.visitor(lang);
    await visitor.get("/");
    assert.match(visitor.page.text, new RegExp(`<html[^>]* lang="${lang}"`));
    assert.match(visitor.page.text, /href="\/join"/);
    const before = (await register.api("GET", "/api/v1/units/IN/tally", { token })).json.members;
    const typed = form();
    const code = await untilCode(visitor, typed, "आशा टेस्टकर");
    await visitor.submit({ code });
    assert.match(visitor.page.url, /\/join\/pay$/, visitor.page.text);
    await visitor.submit({}, {});
    assert.match(visitor.page.url, /\/card\/[^/]+$/, visitor.page.text);
    register.secrets.add(new URL(visitor.page.url).pathname.split("/")[2]);
    assert.ok(visitor.page.text.includes(typed.name));
    const [, check] = visitor.page.text.match(/href="\/V\/([^"]+)"/);
    const checked = await register.api("GET", `/api/v1/check/${check}`);
    assert.equal(checked.json.verdict, "valid");
    const after = (await register.api("GET", "/api/v1/units/IN/tally", { token })).json.members;
    assert.equal(after, before + 1);

    assert.match(visitor.page.headers.get("cache-control"), /no-store/);
    assert.match(visitor.page.headers.get("referrer-policy"), /no-referrer/);
    assert.match(visitor.page.headers.get("x-robots-tag") ?? visitor.page.text, /noindex/);
    const { pathname } = new URL(visitor.page.url);
    const picture = await visitor.request("GET", `${pathname}/card.png`);
    assert.equal(picture.type, "image/png");
    assert.equal(picture.body.subarray(1, 4).toString(), "PNG");
    const pdf = await visitor.request("GET", `${pathname}/card.pdf`);
    assert.equal(pdf.body.subarray(0, 5).toString(), "%PDF-");
    const changed = pathname.replace(/.$/, (c) => (c === "0" ? "1" : "0"));
    assert.equal((await register.visitor(lang).get(changed)).status, 404);
  });
}

test("an empty form names every field, links to it, and keeps what was typed", async () => {
  const visitor = register.visitor("en");
  await visitor.get("/join");
  await visitor.submit({ name: "Asha Slip" }, { having: "name" });
  assert.equal(visitor.page.status, 422);
  const { fields } = visitor.page.forms.find((f) => "name" in f.fields);
  assert.equal(fields.name, "Asha Slip");
  for (const field of ["phone", "place", "gender", "birth_year"]) {
    assert.match(visitor.page.text, new RegExp(`href="#${field}"`), field);
    assert.match(visitor.page.text, new RegExp(`id="${field}"`), field);
  }
  assert.doesNotMatch(visitor.page.text, /invalid|_[a-z]+_/i);
});

test("errors come in the order of the page", async () => {
  const visitor = register.visitor("en");
  await visitor.get("/join?abroad=1");
  await visitor.submit({}, { having: "name" });
  const [summary] = visitor.page.text.match(/class="error-summary"[^]*?<\/ul>/);
  const told = [...summary.matchAll(/href="#(\w+)"/g)].map(([, field]) => field);
  const there = told.map((field) => visitor.page.text.indexOf(` id="${field}"`));
  assert.ok(told.length >= 6, told.join());
  assert.deepEqual(there, [...there].sort((a, b) => a - b), told.join());
});

test("each slip is told at its field", async () => {
  const slips = {
    name: ["", "x".repeat(300), "12345"],
    phone: ["123", "abcdefghij", "00000000000000000000", "1".repeat(33)],
    place: ["999999", "Nowhereville Qqq"],
    birth_year: ["1850", "2999", "19", "abcd", String(indianYear() + 1)],
    gender: ["q"],
    settlement: ["moon"],
  };
  for (const [field, values] of Object.entries(slips)) {
    for (const value of values) {
      const visitor = register.visitor("en");
      await visitor.get("/join");
      await visitor.submit({ ...form(), [field]: value }, { having: "name" });
      assert.equal(visitor.page.status, 422, `${field} ${value}: ${visitor.page.url}`);
      assert.match(visitor.page.text, new RegExp(`href="#${field}"`), `${field} ${value}`);
    }
  }
});

test("a place that means several offers them", async () => {
  const districts = new Map();
  for (const { pin, district_lgd } of await shipped("geography/pin_district.csv.gz")) {
    districts.set(pin, [...(districts.get(pin) ?? []), district_lgd]);
  }
  const [pin, several] = [...districts].find(([, d]) => d.length === 2);
  const visitor = register.visitor("hi");
  await visitor.get("/join");
  const typed = form({ place: pin });
  await visitor.submit(typed, { having: "name" });
  const { choices } = visitor.page.forms.find((f) => "unit_code" in f.choices);
  assert.equal(choices.unit_code.length, several.length);
  assertAsks(visitor.page, "बस एक बात और");
  assert.match(visitor.page.text, /· ज़िला</); // what each of them is
  await visitor.submit({}, { having: "unit_code" });
  assert.equal(visitor.page.status, 422, "asked and not answered: now it is a fault");
  assert.match(visitor.page.text, /href="#unit_code"/);
  await visitor.submit({ unit_code: choices.unit_code[1] });
  assert.match(visitor.page.url, /\/join\/check$/);

  // back to change something else: the place is chosen still
  for (const page of ["/join/check", "/join/code"]) {
    await visitor.get("/join");
    assert.equal(values(visitor).unit_code, choices.unit_code[1], `from ${page}`);
    await visitor.submit({ birth_year: "1985" }, { having: "name" });
    assert.match(visitor.page.url, /\/join\/check$/);
    if (page === "/join/check")
      await visitor.submit({ name: typed.name, agreed: "1" }, { having: "agreed" });
  }
});

// The next question, before all that was typed, and nothing of an error.
function assertAsks(page, title) {
  assert.equal(page.status, 200);
  assert.ok(page.text.includes(`<h2 id="ask-title">${title}</h2>`), page.text);
  assert.doesNotMatch(page.text, /error-summary|field-error|class="field wrong"/);
}

test("in Hindi places are in Devanagari, and said to be town, block or district", async () => {
  const visitor = register.visitor("hi");
  await visitor.get("/join");
  await visitor.submit(form({ place: "Ramgarh" }), { having: "name" });
  const choice = /name="unit_code".*?> <span>(.*?)<\/span><\/label>/g;
  const labels = [...visitor.page.text.matchAll(choice)];
  assert.ok(labels.length > 1, visitor.page.text);
  for (const [, label] of labels) {
    assert.match(label, /^[\u0900-\u097F]/);
    assert.match(label, /· (शहर या कस्बा|ब्लॉक|तहसील|ज़िला)</);
  }
});

test("the look before the consent tells a place from its namesakes", async () => {
  for (const [lang, shown, chosen] of [
    ["en", "Hamirpur, Himachal Pradesh", "Hamirpur, Uttar Pradesh"],
    ["hi", "हमीरपुर, हिमाचल प्रदेश", "हमीरपुर, उत्तर प्रदेश"],
  ]) {
    const visitor = register.visitor(lang);
    await visitor.get("/join");
    await visitor.submit(form({ place: "177001" }), { having: "name" });
    assert.match(visitor.page.url, /\/join\/check$/);
    assert.ok(visitor.page.text.includes(`<dd>${shown}`), visitor.page.text);
    await visitor.get("/join");
    await visitor.submit({ place: "Hamirpur" }, { having: "name" });
    const { choices } = visitor.page.forms.find((f) => "unit_code" in f.choices);
    const unit_code = choices.unit_code.find((code) => code.startsWith("UP-"));
    await visitor.submit({ unit_code });
    assert.ok(visitor.page.text.includes(`<dd>${chosen}`), visitor.page.text);
  }
});

test("a place found by its sound is taken when it was confirmed, a state never", async () => {
  const visitor = register.visitor("en");
  await visitor.get("/join");
  await visitor.submit(form({ place: "Gorakpur" }), { having: "name" });
  assertAsks(visitor.page, "One more thing");
  assert.match(visitor.page.text, /Which of these is your place/);
  const { choices } = visitor.page.forms.find((f) => "unit_code" in f.choices);
  await visitor.submit({ unit_code: choices.unit_code[0] });
  assert.match(visitor.page.url, /\/join\/check$/);
  await visitor.get("/join");
  await visitor.submit({ place: "Maharashtra" }, { having: "name" });
  assert.equal(visitor.page.status, 422);
  assert.match(visitor.page.text, /Maharashtra is a whole state/);
  await visitor.submit({ place: "Navi Mumbai" }, { having: "name" });
  const { choices: towns } = visitor.page.forms.find((f) => "unit_code" in f.choices);
  assert.equal(towns.unit_code.length, 2);
});

test("no consent, no code", async () => {
  const visitor = register.visitor("en");
  const typed = form();
  await visitor.get("/join");
  await visitor.submit(typed, { having: "name" });
  await visitor.submit({ name: typed.name }, { having: "agreed" });
  assert.equal(visitor.page.status, 422);
  assert.match(visitor.page.text, /href="#agreed"/);
});

test("five wrong codes end it, and none makes a member", async () => {
  const visitor = register.visitor("en");
  const before = await total();
  const code = await untilCode(visitor);
  const wrong = code === "000000" ? "111111" : "000000";
  for (let i = 0; i < 5; i++) {
    await visitor.submit({ code: wrong });
    assert.ok([422, 429].includes(visitor.page.status), `${visitor.page.status}`);
  }
  await visitor.submit({ code });
  assert.notEqual(visitor.page.status, 200, "a right code after too many wrong ones");
  assert.ok(!visitor.page.url.endsWith("/join/pay"));
  assert.ok((await total()) <= before + 1);
});

test("three codes an hour to a phone", async () => {
  const visitor = register.visitor("en");
  await untilCode(visitor);
  const statuses = [];
  for (let i = 0; i < 3; i++) {
    const resend = visitor.page.forms.find((f) => f.action.endsWith("/join/resend"));
    await visitor.request("POST", resend.action, { form: resend.fields });
    statuses.push(visitor.page.status);
  }
  assert.deepEqual(statuses.slice(0, 2), [200, 200]);
  assert.equal(statuses[2], 429);
});

test("that somebody is a member is said only to who holds the phone", async () => {
  const typed = form();
  await register.enrol(
    token,
    person({ name: typed.name, phone: typed.phone, birth_year: Number(typed.birth_year) }),
  );
  const visitor = register.visitor("en");
  const code = await untilCode(visitor, typed);
  assert.doesNotMatch(visitor.page.text, /already|is a member with this phone/i);
  await visitor.submit({ code });
  assert.equal(visitor.page.status, 409);
});

test("a draft never gets a secret that somebody else put into the browser", async () => {
  const visitor = register.visitor("en");
  const planted = "0123456789abcdefghjkmnpqrstvwxyz";
  await visitor.get("/join");
  visitor.cookies.set("join", planted);
  await visitor.submit(form(), { having: "name" });
  assert.match(visitor.page.url, /\/join\/check$/);
  assert.notEqual(visitor.cookies.get("join"), planted);
  const thief = register.visitor("en");
  thief.cookies.set("join", planted);
  await thief.get("/join/check");
  assert.doesNotMatch(thief.page.url, /\/join\/check$/);
});

test("a register that is no demo shows no code and has no pay button", async () => {
  const real = await Register.make({ demo: false });
  try {
    await real.serve();
    const visitor = real.visitor("en");
    await visitor.get("/join");
    assert.doesNotMatch(visitor.page.text, /demo-code/);
    if (visitor.page.forms.some((f) => "name" in f.fields)) {
      await visitor.submit(form(), { having: "name" });
      assert.doesNotMatch(visitor.page.text, /demo-code/);
    }
    const paid = await visitor.request("POST", "/join/pay", { form: {} });
    assert.ok(paid.status >= 400, `${paid.status}`);
  } finally {
    await real.end();
  }
});

async function tally(unit) {
  return (await register.api("GET", `/api/v1/units/${unit}/tally`, { token })).json;
}

// Not a demo: the code is nowhere but in the SMS, and that goes to the guardian alone.
for (const lang of ["hi", "en"]) {
  test(`a minor joins with a guardian, who gets the code, and has a card (${lang})`, async () => {
    const gateway = await Gateway.start();
    const club = await Register.make({ demo: false });
    try {
      const templates = { code: { hi: { id: "1001" }, en: { id: "1002" } },
        guardian: { hi: { id: "1005" }, en: { id: "1006" } },
        act: { hi: { id: "1003" }, en: { id: "1004" } } };
      const input = JSON.stringify(gateway.settings({ templates }));
      const set = await club.cliWith({ input }, "gateway set", "-");
      assert.equal(set.code, 0, set.stderr);
      await club.cliWell("payment way", "upi", "--vpa", "gkc@examplebank", "--payee", "Club");
      await club.serve();
      await minorJoins(club, gateway, lang);
    } finally {
      await gateway.stop();
      await club.end();
    }
  });
}

const said = {
  hi: {
    join: /^Asha.* का कोड \d{6} है। इसे बताने से Asha.* को .* की सदस्यता मिल जाएगी/,
    phone: /सदस्यता का फ़ोन बदलने के लिए/,
    mark: /फ़ीस की पुष्टि बाकी/,
  },
  en: {
    join: /^\d{6} is the code for Asha.* If you share it, Asha.* becomes a member of/,
    phone: /to change your phone\./,
    mark: /Fee being confirmed/,
  },
};

async function minorJoins(club, gateway, lang) {
  const visitor = club.visitor(lang);
  const year = club.year();
  const guardian_name = "Sita Testkar";
  const guardian_phone = "9000000017";
  const typed = form({ birth_year: String(year - 18) });
  for (const word of [guardian_name, guardian_phone, typed.name, typed.phone])
    club.secrets.add(word);
  await visitor.get("/join");
  // asked only when the year makes it possible
  assert.doesNotMatch(visitor.page.text, /guardian_name/);
  await visitor.submit(typed, { having: "name" });
  const asks = { hi: "बस एक बात और", en: "One more thing" }[lang];
  assertAsks(visitor.page, asks);
  await visitor.submit({ of_age: "no" }, { having: "name" });
  assertAsks(visitor.page, asks);
  await visitor.submit({ guardian_name }, { having: "name" });
  assert.equal(visitor.page.status, 422, "half an answer is a fault");
  assert.match(visitor.page.text, /href="#guardian_phone"/);
  await visitor.submit({ guardian_name, guardian_phone }, { having: "name" });
  assert.match(visitor.page.url, /\/join\/check$/, visitor.page.text);
  assert.match(visitor.page.text, /Sita Testkar/);
  await visitor.submit({ name: typed.name, agreed: "1", messages: "1" }, { having: "agreed" });
  assert.match(visitor.page.url, /\/join\/code$/, visitor.page.text);

  const toGuardian = async (words) => {
    await eventually(() => gateway.requests.length > 0, "an SMS is sent");
    assert.ok(gateway.requests.every((r) => r.url.includes(guardian_phone)), "to nobody else");
    const text = await gateway.nextTo(guardian_phone);
    assert.match(text, words);
    const [code] = text.match(/\b\d{6}\b/);
    club.secrets.add(code);
    assert.ok(!visitor.page.text.includes(code), "the page shows the code");
    return code;
  };
  await visitor.submit({ code: await toGuardian(said[lang].join) });
  assert.match(visitor.page.url, /\/pay\/[^/]+$/, visitor.page.text);
  club.secrets.add(new URL(visitor.page.url).pathname.split("/")[2]);
  await visitor.submit({ utr: "412345670017" });
  await visitor.get("/join/pay");
  assert.match(visitor.page.url, /\/card\/[^/]+$/, visitor.page.text);
  const card = new URL(visitor.page.url).pathname;
  club.secrets.add(card.split("/")[2]);
  assert.match(visitor.page.text, said[lang].mark);
  assert.ok(visitor.page.text.includes(typed.name));
  assert.equal((await visitor.request("GET", `${card}/card.png`)).status, 200);
  for (const page of [card, `${card}/manage`, `${card}/phone`]) {
    await visitor.get(page);
    assert.doesNotMatch(visitor.page.text, /Sita Testkar/, "whoever has the address reads it");
  }
  await visitor.get(card);
  const [, number, check] = visitor.page.text.match(
    /class="card-number number">\s*([^<\s]+)[^]*href="(\/V\/[^"]+)"/);
  assert.doesNotMatch((await club.visitor(lang).get(check)).text, /Sita/);

  // what is done at the card is allowed by the guardian, too
  await visitor.get(`${card}/phone`);
  await visitor.submit({}, { having: "act" });
  await visitor.submit({ code: await toGuardian(said[lang].phone) });
  assert.equal(new URL(visitor.page.url).pathname, `${card}/phone`, visitor.page.text);
  await visitor.get(card);
  assert.match(visitor.page.text, /Sita Testkar/);
  assert.ok(!visitor.page.text.includes(guardian_phone), "more than its last digits");

  await club.cliWell("payment cash", number, "--cash", "11.00");
  await visitor.get(card);
  assert.doesNotMatch(visitor.page.text, said[lang].mark);
}

test("a party takes nobody under 18, and says so kindly", async () => {
  const party = await Register.make({ preset: "party", code: "PTY" });
  try {
    await party.serve();
    const visitor = party.visitor("en");
    await visitor.get("/join");
    const birth_year = String(indianYear() - 15);
    await visitor.submit(form({ birth_year }), { having: "name" });
    assert.equal(visitor.page.status, 422);
    assert.match(visitor.page.text, /href="#birth_year"/);
    assert.doesNotMatch(visitor.page.text, /name="guardian_name"/);
  } finally {
    await party.end();
  }
});

for (const lang of ["hi", "en"]) {
  test(`somebody in Dubai joins and is counted abroad (${lang})`, async () => {
    const visitor = register.visitor(lang);
    await visitor.get("/join");
    assert.match(visitor.page.text, /name="go" value="abroad"/);
    await turn(visitor, "abroad");
    const { name, phone } = form();
    const typed = {
      name,
      phone: `+97150${phone.slice(-7)}`,
      phone_of: "self",
      town: "Dubai",
      gender: "m",
      birth_year: "१९९०", // as a Hindi keyboard writes it
    };
    register.secrets.add(typed.phone);
    await visitor.submit(typed, { having: "name" });
    assert.equal(visitor.page.status, 422); // no country yet; the rest stays
    assert.doesNotMatch(visitor.page.text, /href="#birth_year"/);
    assert.match(visitor.page.text, /href="#country"/);
    await visitor.submit({ country: "AE" }, { having: "name" });
    assert.match(visitor.page.url, /\/join\/check$/, visitor.page.text);
    await visitor.submit({ name, agreed: "1" }, { having: "agreed" });
    const [, code] = visitor.page.text.match(/demo-code[^>]*>\s*(\d{6})\s*</);
    register.secrets.add(code);
    const before = await register.api("GET", "/api/v1/units/ABROAD-AE/tally", { token });
    await visitor.submit({ code });
    await visitor.submit({}, {});
    assert.match(visitor.page.url, /\/card\//, visitor.page.text);
    register.secrets.add(new URL(visitor.page.url).pathname.split("/")[2]);
    assert.equal((await tally("ABROAD-AE")).members, (before.json?.members ?? 0) + 1);
    const { units } = (await register.api("GET", "/live.json?unit=ABROAD")).json;
    assert.ok(units.some((unit) => unit.code === "ABROAD-AE"));
  });
}

const values = (visitor) => visitor.page.forms.find((f) => "name" in f.fields).fields;

// Presses a button of the form that only keeps what is typed.
function turn(visitor, go, typed = {}) {
  return visitor.request("POST", "/join", { form: { ...values(visitor), ...typed, go } });
}

test("abroad and back, and in the other language, all is as it was typed", async () => {
  const visitor = register.visitor("en");
  await visitor.get("/join");
  const typed = form({ birth_year: "nineteen" }); // nothing is judged yet
  await turn(visitor, "abroad", typed);
  assert.equal(visitor.page.status, 200);
  assert.doesNotMatch(visitor.page.text, /error-summary/);
  for (const field of ["name", "phone", "birth_year", "gender"])
    assert.equal(values(visitor)[field], typed[field], field);
  await turn(visitor, "hi", { country: "NP", town: "Kathmandu" });
  assert.match(visitor.page.text, /<html[^>]* lang="hi"/);
  assert.equal(values(visitor).country, "NP");
  await turn(visitor, "india");
  for (const field of ["name", "phone", "place", "settlement", "birth_year"])
    assert.equal(values(visitor)[field], typed[field], field);
  assert.ok(!("country" in values(visitor)));
  await turn(visitor, "abroad");
  assert.equal(values(visitor).country, "NP");
  assert.equal(values(visitor).town, "Kathmandu");
  await turn(visitor, "india");
  await visitor.submit({ birth_year: "1984" }, { having: "name" });
  assert.match(visitor.page.url, /\/join\/check$/, visitor.page.text);
  assert.doesNotMatch(visitor.page.text, /Kathmandu|नेपाल/);
});

test("what is kept unasked begins a draft, and never sets one back", async () => {
  const visitor = register.visitor("en");
  const typed = form();
  await visitor.get("/join");
  await turn(visitor, "nowhere", { name: typed.name, phone: typed.phone });
  assert.equal(visitor.page.status, 204);
  await visitor.get("/join");
  assert.equal(values(visitor).name, typed.name);
  const opened = values(visitor);
  await visitor.submit(typed, { having: "name" });
  assert.match(visitor.page.url, /\/join\/check$/);
  const late = { ...opened, name: "Somebody Else", go: "nowhere" };
  assert.equal((await visitor.request("POST", "/join", { form: late })).status, 204);
  await visitor.get("/join/check");
  assert.match(visitor.page.url, /\/join\/check$/);
  assert.ok(visitor.page.text.includes(typed.name));
  const stranger = { ...late, csrf: "0".repeat(32) };
  assert.equal((await visitor.request("POST", "/join", { form: stranger })).status, 403);
  await visitor.get("/join"); // who changes it there, and looks at it in Hindi, changes it
  await turn(visitor, "hi", { name: "Somebody Else" });
  assert.equal(values(visitor).name, "Somebody Else");
  await visitor.get("/join/check");
  assert.match(visitor.page.url, /\/join$/);
});

test("what is too long, or no text, is told, and all of it is there again", async () => {
  const visitor = register.visitor("en");
  await visitor.get("/join");
  const place = "श्री गंगानगर ".repeat(5).trim(); // fits the field, not the limit
  const typed = form({ place });
  await visitor.submit(typed, { having: "name" });
  assert.equal(visitor.page.status, 422);
  assert.match(visitor.page.text, /href="#place"/);
  await visitor.get("/join"); // loaded again
  assert.equal(visitor.page.status, 200);
  for (const field of ["name", "phone", "place", "birth_year"])
    assert.equal(values(visitor)[field], typed[field], field);
  await visitor.submit({ ...typed, place: "226001", birth_year: "19\u000184" }, { having: "name" });
  assert.equal(visitor.page.status, 422);
  assert.match(visitor.page.text, /href="#birth_year"/);
  await visitor.get("/join");
  assert.equal(values(visitor).place, "226001");
  assert.equal(values(visitor).birth_year, "");
});

test("a place that was chosen stays chosen while something else is mended", async () => {
  const visitor = register.visitor("en");
  await visitor.get("/join");
  const typed = form({ place: "110001", birth_year: "" });
  await visitor.submit(typed, { having: "name" });
  const { choices } = visitor.page.forms.find((f) => "unit_code" in f.choices);
  await visitor.submit({ unit_code: choices.unit_code[1] });
  assert.equal(values(visitor).unit_code, choices.unit_code[1]);
  await visitor.submit({ birth_year: "1984" });
  assert.match(visitor.page.url, /\/join\/check$/);
});

test("a draft goes on the next hour, and back from a later page", async () => {
  const visitor = register.visitor("en");
  const typed = form();
  await visitor.get("/join");
  await visitor.submit(typed, { having: "name" });
  const later = register.visitor("en"); // the page was closed, the browser kept its cookies
  later.cookies = new Map(visitor.cookies);
  await later.get("/join");
  const { fields } = later.page.forms.find((f) => "name" in f.fields);
  for (const field of ["name", "phone", "place", "birth_year"]) {
    assert.equal(fields[field], typed[field], field);
  }
  await later.get("/join/check");
  await later.submit({ name: typed.name, agreed: "1" }, { having: "agreed" });
  assert.match(later.page.url, /\/join\/code$/);
  await later.get("/join/check"); // the back button
  assert.match(later.page.url, /\/join\/check$/);
  await later.get("/join");
  assert.equal(later.page.forms.find((f) => "name" in f.fields).fields.name, typed.name);
});

test("kinds are a choice once there are several, and the API takes one", async () => {
  const names = ["--name", "Youth", "--name-hi", "युवा"];
  const terms = ["--fee", "5", "--days", "365", "--grace", "10"];
  const rights = ["--rights", "Speaks at meetings", "--rights-hi", "बैठक में बोल सकते हैं"];
  await register.cliWell("kind add", "youth", ...names, ...terms, ...rights);
  try {
    assert.match(await register.cliWell("kind list"), /Speaks at meetings\n +बैठक में बोल/);
    assert.match(await register.cliWell("kind list"), /youth +5\.00 +365 days/);
    const visitor = register.visitor("hi");
    await visitor.get("/join");
    const { choices } = visitor.page.forms.find((f) => "kind" in f.choices);
    assert.deepEqual(choices.kind, ["ordinary", "youth"]);
    assert.match(visitor.page.text, /युवा[^]*बैठक में बोल सकते हैं/);
    const english = await register.visitor("en").get("/join");
    assert.match(english.text, /Youth[^]*Speaks at meetings/);
    const fee = { method: "cash", amount_paise: 500 };
    const one = await register.enrol(token, person({ kind: "youth", fee }));
    const check = await register.api("GET", `/api/v1/check/${one.check_code}`);
    assert.equal(check.json.verdict, "valid");
    register.secrets.add(one.card_url.split("/card/")[1]);
    assert.match((await visitor.get(new URL(one.card_url).pathname)).text, /बैठक में बोल सकते हैं/);
    assert.match(await register.cliWell("member show", one.number), /kind +youth[^]*expires/);
    assert.match(await register.cliWell("expire"), /^0 memberships expired/);
  } finally {
    await register.cliWell("kind close", "youth");
  }
});

test("somebody without a phone is enrolled, counted, and not as confirmed", async () => {
  const before = await tally("UP");
  const body = person();
  delete body.phone;
  delete body.phone_of;
  const one = await register.enrol(token, body);
  const after = await tally("UP");
  assert.equal(after.members, before.members + 1);
  assert.equal(after.phone_confirmed, before.phone_confirmed);
  assert.match(await register.cliWell("member show", one.number), /phone +\(none, none\)/);
  const check = await register.api("GET", `/api/v1/check/${one.check_code}`);
  assert.equal(check.json.verdict, "valid");
});

test("a flood of drafts is slowed down", async () => {
  const statuses = new Set();
  for (let i = 0; i < 130; i++) {
    const visitor = register.visitor("en");
    await visitor.get("/join");
    await visitor.submit(form(), { having: "name" });
    statuses.add(visitor.page.status);
  }
  assert.ok(statuses.has(429));
});

test("the language is chosen by a link and kept", async () => {
  const visitor = register.visitor("en");
  await visitor.get("/");
  const other = visitor.page.text.match(/href="([^"]*lang=hi[^"]*)"/);
  assert.ok(other, "no link to the other language");
  await visitor.get(other[1].replaceAll("&amp;", "&"));
  await visitor.get("/join");
  assert.match(visitor.page.text, /<html[^>]* lang="hi"/);
});
