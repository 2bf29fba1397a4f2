// What a member does on the card page without JavaScript: a code to the phone first, then leaving,
// denying, another address, another card, a name that was misprinted; and what others cannot do.
import assert from "node:assert/strict";
import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { after, before, test } from "node:test";
import { inflateSync } from "node:zlib";
import base45 from "base45";
import { eventually, person, Register, run } from "./harness.mjs";

let register;
let token;
let admin;

before(async () => {
  register = await Register.make();
  token = await register.token();
  admin = await register.token("admin");
  await register.serve();
});
after(() => register?.end());

const pathOf = (url) => new URL(url).pathname;

// Somebody with a card: number, page (the path of the card page) and check code.
async function member(changes = {}) {
  const made = await register.enrol(token, person(changes));
  const page = pathOf(made.card_url);
  register.secrets.add(page.split("/")[2]);
  return { ...made, page };
}

function shownCode(visitor) {
  const found = visitor.page.text.match(/demo-code[^>]*>\s*(\d{6})\s*</);
  assert.ok(found, visitor.page.text);
  register.secrets.add(found[1]);
  return found[1];
}

async function askCode(visitor, page, act) {
  await visitor.get(`${page}/${act}`);
  assert.match(visitor.page.url, new RegExp(`/code\\?act=${act}$`), visitor.page.text);
  await visitor.submit({}, { having: "act" });
  assert.match(visitor.page.url, /\/code\?act=/, visitor.page.text);
  return shownCode(visitor);
}

// A visitor with the card's page, for whom an act is allowed, at its page.
async function opened(page, act, lang = "en") {
  const visitor = register.visitor(lang);
  const code = await askCode(visitor, page, act);
  await visitor.submit({ code });
  assert.equal(pathOf(visitor.page.url), `${page}/${act}`, visitor.page.text);
  return visitor;
}

async function verdict(code) {
  return (await register.api("GET", `/api/v1/check/${encodeURIComponent(code)}`)).json.verdict;
}

const acts = ["leave", "deny", "address", "lost"];

test("pages of acts are private and change nothing by being looked at", async () => {
  for (const act of [...acts, "name", "more", "photo"]) {
    const made = await member();
    const visitor = await opened(made.page, act);
    assert.equal(visitor.page.status, 200, act);
    assert.match(visitor.page.headers.get("cache-control"), /no-store/);
    assert.equal(visitor.page.headers.get("referrer-policy"), "no-referrer");
    assert.match(visitor.page.headers.get("x-robots-tag") ?? "", /noindex/);
    assert.equal(await verdict(made.check_code), "valid");
    await visitor.get(made.page);
    assert.equal(visitor.page.status, 200);
  }
});

test("without a right code nothing is allowed, nor without the form's own token", async () => {
  const made = await member();
  const stranger = register.visitor("en");
  for (const act of [...acts, "name"]) {
    await stranger.get(`${made.page}/${act}`);
    assert.match(stranger.page.url, new RegExp(`/code\\?act=${act}$`));
  }
  const csrf = stranger.page.forms.find((f) => "csrf" in f.fields).fields.csrf;
  for (const act of acts) {
    const done = await stranger.request("POST", `${made.page}/${act}`, { form: { csrf } });
    assert.equal(done.status, 403, act);
  }
  const named = await stranger.request("POST", `${made.page}/name`, {
    form: { csrf, name: "Somebody Else" },
  });
  assert.equal(named.status, 403);
  const visitor = await opened(made.page, "leave");
  const leaving = await visitor.request("POST", `${made.page}/leave`, { form: {} });
  assert.equal(leaving.status, 403);
  assert.equal(await verdict(made.check_code), "valid");
});

test("a code allows what it was asked for, and nothing else", async () => {
  for (const act of [...acts, "photo"]) {
    const made = await member();
    const visitor = await opened(made.page, act);
    const { csrf } = visitor.page.forms.find((f) => "csrf" in f.fields).fields;
    for (const other of [...acts, "name"].filter((o) => o !== act)) {
      if (act === "photo" && other === "name") continue; // both are the card's
      const form = { csrf, name: made.name ?? "Somebody Else" };
      if (other !== "name") delete form.name;
      const done = await visitor.request("POST", `${made.page}/${other}`, { form });
      assert.equal(done.status, 403, `${other} by a code for ${act}`);
      await visitor.get(`${made.page}/${other}`);
      assert.match(visitor.page.url, /\/code\?act=/);
    }
    assert.equal(await verdict(made.check_code), "valid");
  }
});

test("the session is of this card alone, of this cookie, and ends when told so", async () => {
  const one = await member();
  const two = await member();
  const visitor = register.visitor("en");
  const code = await askCode(visitor, one.page, "leave");
  const before = visitor.cookies.get("card_act");
  await visitor.submit({ code });
  assert.notEqual(visitor.cookies.get("card_act"), before);
  const planter = register.visitor("en");
  planter.cookies.set("card_act", before);
  await planter.get(`${one.page}/leave`);
  assert.match(planter.page.url, /\/code\?act=leave$/);
  const csrf = visitor.page.forms.find((f) => "csrf" in f.fields).fields.csrf;
  const other = await visitor.request("POST", `${two.page}/leave`, { form: { csrf } });
  assert.equal(other.status, 403);
  await visitor.get(`${one.page}/manage`);
  await visitor.submit({}, { having: "csrf" });
  await visitor.get(`${one.page}/leave`);
  assert.match(visitor.page.url, /\/code\?act=leave$/);
  assert.equal(await verdict(two.check_code), "valid");
});

test("wrong codes are counted, codes are few", async () => {
  const made = await member();
  const visitor = register.visitor("en");
  const code = await askCode(visitor, made.page, "photo");
  await visitor.submit({ code: code === "000000" ? "000001" : "000000" });
  assert.equal(visitor.page.status, 422);
  assert.match(visitor.page.text, /Tries left: 4/);
  for (const act of ["leave", "lost"]) await askCode(visitor, made.page, act);
  await visitor.get(`${made.page}/deny`);
  await visitor.submit({}, { having: "act" });
  assert.equal(visitor.page.status, 429);
});

for (const lang of ["hi", "en"]) {
  test(`leaving takes one button and nobody asks why (${lang})`, async () => {
    const made = await member();
    const visitor = await opened(made.page, "leave", lang);
    assert.match(visitor.page.text, new RegExp(`<html[^>]* lang="${lang}"`));
    const asked = visitor.page.forms.find((f) => "csrf" in f.fields);
    assert.deepEqual(Object.keys(asked.fields), ["csrf"]);
    await visitor.submit({}, { having: "csrf" });
    assert.equal(pathOf(visitor.page.url), made.page);
    assert.equal(visitor.page.status, 410);
    assert.match(visitor.page.text, /href="\/join/);
    assert.ok(!visitor.page.text.includes(made.number));
    assert.equal(await verdict(made.check_code), "ended");
    for (const file of ["card.png", "card.pdf"]) {
      assert.equal((await visitor.get(`${made.page}/${file}`)).status, 404);
    }
    await visitor.get(`${made.page}/manage`);
    assert.equal(visitor.page.status, 404);
  });
}

test("who did not join says so: on hold, the enroller named, counted", async () => {
  const brought = await member();
  const made = await member({ enrolled_by: brought.number });
  const visitor = await opened(made.page, "deny");
  await visitor.submit({}, { having: "csrf" });
  assert.match(visitor.page.url, /\/manage$/);
  assert.ok(visitor.page.text.includes(brought.number), visitor.page.text);
  assert.equal(await verdict(made.check_code), "suspended");
  const listed = await register.api("GET", "/api/v1/denials", { token: admin });
  assert.equal(listed.status, 200, listed.text);
  const row = listed.json.denials.find((d) => d.number === made.number);
  assert.equal(row.enrolled_by, brought.number);
  assert.equal(row.unit, "UP");
  const count = listed.json.counts.find((c) => c.enrolled_by === brought.number);
  assert.equal(count.denials, 1);
  assert.equal((await register.api("GET", "/api/v1/denials", { token })).status, 403);
  const out = await register.cliWell("denial list");
  assert.ok(out.includes(made.number) && out.includes(brought.number), out);
  assert.match(await register.cliWell("denial list", "--unit", "BR"), /^0 denials/m);
  const leaving = await opened(made.page, "leave"); // and may leave all the same
  await leaving.submit({}, { having: "csrf" });
  assert.equal(await verdict(made.check_code), "ended");
});

test("a unit's staff are not told who enrolled from another unit; who denies is", async () => {
  const brought = await member();
  const made = await member({ unit: "BR", enrolled_by: brought.number });
  const visitor = await opened(made.page, "deny");
  await visitor.submit({}, { having: "csrf" });
  assert.ok(visitor.page.text.includes(brought.number), visitor.page.text);
  const key = await register.token("admin", "--unit", "BR");
  const listed = await register.api("GET", "/api/v1/denials", { token: key });
  assert.equal(listed.json.denials.length, 1);
  assert.ok(!listed.text.includes(brought.number), listed.text);
  const said = { en: /a member of another unit/, hi: /किसी दूसरी इकाई के सदस्य/ };
  for (const [lang, words] of Object.entries(said)) {
    const staff = register.visitor(lang);
    await staff.deskSignIn(key);
    await staff.get("/desk/denials");
    const { text } = staff.page;
    assert.equal(text.split(words).length, 3, text); // in the list and in the count
    assert.ok(!text.includes(brought.number), text);
    await staff.get(text.match(/href="(\/desk\/denials\/\d+)"/)[1]);
    assert.match(staff.page.text, words);
    assert.ok(!staff.page.text.includes(brought.number), staff.page.text);
  }
});

test("a denial, from the card to the desk's decision and the fee that goes back", async () => {
  const made = await member();
  const kept = await member();
  for (const { page } of [made, kept]) {
    const visitor = await opened(page, "deny");
    await visitor.submit({}, { having: "csrf" });
  }
  const office = register.visitor("en");
  await office.deskSignIn(admin);
  const decide = async ({ number }, values) => {
    await office.get("/desk/denials");
    const id = office.page.text.match(
      new RegExp(`href="/desk/denials/(\\d+)"><b class="number">${number}`),
    )?.[1];
    assert.ok(id, office.page.text);
    await office.get(`/desk/denials/${id}`);
    await office.submit(values);
  };
  const back = await member();
  let visitor = await opened(back.page, "deny");
  await visitor.submit({}, { having: "csrf" });
  assert.match(visitor.page.text, new RegExp(`href="${back.page}/joined"`));
  visitor = await opened(back.page, "joined");
  await visitor.submit({}, { having: "csrf" });
  assert.equal(await verdict(back.check_code), "valid");
  await decide(made, { decision: "upheld", reason: "" });
  assert.equal(office.page.status, 422);
  await office.submit({ decision: "upheld", reason: "signed by another hand" });
  assert.match(office.page.text, /True: never joined/);
  assert.equal(await verdict(made.check_code), "ended");
  await decide(kept, { decision: "withdrawn", reason: "her son had enrolled her" });
  assert.equal(await verdict(kept.check_code), "valid");
  await office.get("/desk/refunds");
  assert.ok(office.page.text.includes(made.number));
  assert.ok(!office.page.text.includes(kept.number));
  const form = office.page.forms.find((f) => f.fields.number === made.number);
  assert.equal(form.fields.from, "bank");
  await office.submit({ number: made.number, from: "gateway" });
  assert.match(office.page.url, /\/desk\/refunds$/);
  assert.ok(!office.page.text.includes(made.number), office.page.text);
  assert.match(await register.cliWell("refund list"), /^0 fees to give back$/m);
  const settled = await register.cli("refund settle", made.number, "--from", "bank");
  assert.equal(settled.code, 1, settled.stderr);
});

test("another address: the old one says so, its session is over", async () => {
  const made = await member();
  const visitor = await opened(made.page, "address");
  const act = visitor.cookies.get("card_act");
  await visitor.submit({}, { having: "csrf" });
  const page = pathOf(visitor.page.url);
  register.secrets.add(page.split("/")[2]);
  assert.notEqual(page, made.page);
  assert.equal(visitor.page.status, 200);
  assert.match(visitor.page.text, /new address of your card page/);
  const old = await register.visitor("en").get(made.page);
  assert.equal(old.status, 404);
  assert.match(old.text, /This page has a new address/);
  assert.match(old.text, /<a class="button" href="\/sign-in">/);
  assert.ok(!old.text.includes(page));
  visitor.cookies.set("card_act", act);
  await visitor.get(`${page}/address`);
  assert.match(visitor.page.url, /\/code\?act=address$/);
  assert.equal(await verdict(made.check_code), "valid"); // the card itself stays
  const out = await register.cliWell("member new-address", made.number);
  const [, next] = out.match(/(\/card\/[0-9a-z]{32})/);
  register.secrets.add(next.split("/")[2]);
  assert.equal((await register.visitor("en").get(page)).status, 404);
  assert.equal((await register.visitor("en").get(next)).status, 200);
});

test("a lost card is issued anew: the old code says so", async () => {
  const made = await member();
  const visitor = await opened(made.page, "lost");
  await visitor.submit({}, { having: "csrf" });
  assert.match(visitor.page.text, /your new card: save it again/);
  const [, code] = visitor.page.text.match(/href="\/V\/([^"]+)"/);
  assert.notEqual(code, made.check_code);
  assert.equal(await verdict(code), "valid");
  assert.equal(await verdict(made.check_code), "reissued");
});

test("the same name in another spelling changes at once", async () => {
  const made = await member({ name: "Ramesh Kumar" });
  const visitor = await opened(made.page, "photo");
  await visitor.get(`${made.page}/name`);
  assert.equal(visitor.page.forms.find((f) => "name" in f.fields).fields.name, "Ramesh Kumar");
  await visitor.submit({ name: "रमेश कुमार", name_alt: "Ramesh Kumar" });
  assert.equal(pathOf(visitor.page.url), made.page);
  assert.match(visitor.page.text, /The name is corrected/);
  assert.ok(visitor.page.text.includes("रमेश कुमार"));
  assert.equal(await verdict(made.check_code), "reissued");
});

test("a name misprinted and mended: at once, or by the organisation", async () => {
  const made = await member({ name: "Laxmi Shrivastava", name_alt: "लक्ष्मी श्रीवास्तव" });
  const visitor = await opened(made.page, "name");
  const checkCode = () => visitor.page.text.match(/href="\/V\/([^"]+)"/)[1];
  const printed = async () => {
    const file = path.join(register.dir, "mended.pdf");
    await writeFile(file, (await visitor.get(`${made.page}/card.pdf`)).body);
    return (await run("pdftotext", ["-layout", file, "-"])).stdout;
  };
  await visitor.submit({ name: "Lakshmi Shrivastava", name_alt: "लक्ष्मी श्रीवास्तव" });
  assert.match(visitor.page.text, /The name is corrected/);
  const second = checkCode();
  assert.equal(await verdict(made.check_code), "reissued");
  assert.equal(await verdict(second), "valid");
  assert.match(await printed(), /Lakshmi Shrivastava/);

  await visitor.get(`${made.page}/name`);
  await visitor.submit({ name: "Lakshmi Dwivedi", name_alt: "लक्ष्मी द्विवेदी" });
  assert.equal(checkCode(), second);
  assert.equal(await verdict(second), "valid");
  assert.match(await printed(), /Lakshmi Shrivastava/);
  const waiting = await register.api("GET", "/api/v1/corrections", { token: admin });
  const { id } = waiting.json.corrections.find((c) => c.number === made.number);
  const done = await register.api("POST", `/api/v1/corrections/${id}`, {
    token: admin,
    body: { decision: "accept", reason: "Marriage certificate seen" },
  });
  assert.equal(done.status, 200, done.text);
  await visitor.get(made.page);
  const third = checkCode();
  assert.notEqual(third, second);
  for (const old of [made.check_code, second]) assert.equal(await verdict(old), "reissued");
  assert.equal(await verdict(third), "valid");
  const shown = await register.visitor("hi").get(`/V/${third}`);
  assert.ok(shown.text.includes("लक्ष्मी द्विवेदी"), shown.text);
  assert.match(await printed(), /Lakshmi Dwivedi/);
});

test("another name waits for the organisation", async () => {
  const made = await member({ name: "Meena Sharma" });
  const visitor = await opened(made.page, "photo");
  const ask = async (name) => {
    await visitor.get(`${made.page}/name`);
    await visitor.submit({ name, name_alt: "" }, { having: "name" });
  };
  await ask("R2D2");
  assert.equal(visitor.page.status, 422);
  await ask("Meena Qureshi");
  assert.match(visitor.page.text, /You asked for the name “Meena Qureshi”/);
  assert.equal(await verdict(made.check_code), "valid");
  const listed = await register.api("GET", "/api/v1/corrections", { token: admin });
  const row = listed.json.corrections.find((c) => c.number === made.number);
  assert.equal(row.name, "Meena Qureshi");
  const decide = (id, decision, who = admin) =>
    register.api("POST", `/api/v1/corrections/${id}`, {
      token: who,
      body: { decision, reason: "paper seen" },
    });
  assert.equal((await decide(row.id, "accept", token)).status, 403);
  const accepted = await decide(row.id, "accept");
  assert.equal(accepted.status, 200, accepted.text);
  assert.equal(accepted.json.name, "Meena Qureshi");
  assert.equal((await decide(row.id, "accept")).status, 409);
  await visitor.get(made.page);
  assert.ok(visitor.page.text.includes("Meena Qureshi"));
  assert.equal(await verdict(made.check_code), "reissued");
  await ask("Sita Qureshi");
  const out = await register.cliWell("correction list");
  const [, id] = out.match(/^\s*(\d+) .*Sita Qureshi/m);
  await register.cliWell("correction refuse", id, "--reason", "no paper");
  await visitor.get(made.page);
  assert.match(visitor.page.text, /did not accept the name/);
  assert.ok(visitor.page.text.includes("Meena Qureshi"));
});

test("another name takes the other script with it, when that was left as it was", async () => {
  const made = await member({ name: "Meena Sharma", name_alt: "मीना शर्मा" });
  const visitor = await opened(made.page, "name");
  await visitor.submit({ name: "Ramesh Kumar", name_alt: "मीना शर्मा" }, { having: "name" });
  const listed = await register.api("GET", "/api/v1/corrections", { token: admin });
  const row = listed.json.corrections.find((c) => c.number === made.number);
  assert.deepEqual([row.name, row.name_alt], ["Ramesh Kumar", "रमेश कुमार"]);
});

test("names are decided at the desk, by who may and for whom they may", async () => {
  const made = await member({ name: "Meena Sharma" });
  const visitor = await opened(made.page, "name");
  await visitor.submit({ name: "Meena Qureshi", name_alt: "" });
  const elsewhere = register.visitor("en");
  await elsewhere.deskSignIn(await register.token("admin", "--unit", "BR"));
  await elsewhere.get("/desk/names");
  assert.doesNotMatch(elsewhere.page.text, /Qureshi/);
  const office = register.visitor("en");
  await office.deskSignIn(admin);
  assert.match(office.page.text, /href="\/desk\/names"/);
  await office.get("/desk/names");
  const [, at] = office.page.text.match(/href="(\/desk\/names\/\d+)"><b>Meena Qureshi/);
  assert.equal((await elsewhere.get(at)).status, 404);
  await office.get(at);
  assert.ok(office.page.text.includes("Meena Sharma") && office.page.text.includes(made.number));
  await office.submit({ reason: "Paper seen" });
  assert.equal(office.page.status, 422);
  assert.match(office.page.text, /Choose one of the two names/);
  assert.match(office.page.text, /value="Paper seen"/);
  await office.submit({ decision: "accept" }, { having: "decision" });
  assert.equal(pathOf(office.page.url), "/desk/names");
  assert.doesNotMatch(office.page.text, new RegExp(made.number));
  await visitor.get(made.page);
  assert.ok(visitor.page.text.includes("Meena Qureshi"));
  assert.equal(await verdict(made.check_code), "reissued");
  await office.get(at);
  assert.ok(!office.page.forms.some((f) => "decision" in f.choices));
});

test("who has no phone is told where to go", async () => {
  const made = await member({ phone: undefined, phone_of: undefined });
  const visitor = register.visitor("en");
  await visitor.get(`${made.page}/manage`);
  assert.match(visitor.page.text, /this membership has no phone/);
  assert.ok(!visitor.page.forms.some((f) => f.method.toLowerCase() === "post"));
});

test("front and back are pictures on the page", async () => {
  const made = await member();
  const visitor = register.visitor("en");
  await visitor.get(made.page);
  for (const side of ["front", "back"]) {
    assert.ok(visitor.page.text.includes(`src="${made.page}/${side}.png"`));
    const picture = await register.visitor("en").get(`${made.page}/${side}.png`);
    assert.match(picture.type, /^image\/png/);
    assert.equal(picture.body.readUInt32BE(16), 1011);
    assert.match(picture.headers.get("cache-control"), /no-store/);
  }
});

async function readCode(png) {
  const file = path.join(register.dir, "share.png");
  await writeFile(file, png);
  const read = await run("zbarimg", ["--quiet", "--raw", file]);
  assert.equal(read.code, 0, read.stderr);
  return read.stdout.trim();
}

for (const lang of ["hi", "en"]) {
  test(`the picture to share leads to a join that credits who invited (${lang})`, async () => {
    const made = await member({ name: "Savitri Phule" });
    const visitor = register.visitor(lang);
    await visitor.get(`${made.page}/share`);
    const link = visitor.page.text.match(/value="([^"]*\/join\?by=[^"]*)"/)[1];
    for (const hidden of [made.number, made.check_code]) {
      assert.ok(!visitor.page.text.includes(hidden));
      assert.ok(!link.includes(hidden.replaceAll("-", "").slice(3, 11)));
    }
    const picture = await visitor.get(`${made.page}/share.png`);
    assert.match(picture.type, /^image\/png/);
    assert.equal(picture.body.readUInt32BE(16), 1080);
    assert.equal(picture.body.readUInt32BE(20), 1080);
    assert.equal(await readCode(picture.body), link);

    const friend = register.visitor(lang);
    const target = new URL(link);
    await friend.get(target.pathname + target.search);
    assert.ok(friend.page.text.includes("Savitri"));
    assert.ok(!friend.page.text.includes("Phule"));
    const { name, phone } = person();
    const typed = { name, phone, phone_of: "self", place: "226001", settlement: "urban" };
    for (const secret of [name, phone]) register.secrets.add(secret);
    await friend.submit({ ...typed, gender: "f", birth_year: "17" }, { having: "name" });
    assert.equal(friend.page.status, 422); // a slip does not lose who invited
    assert.ok(friend.page.text.includes("Savitri"));
    await friend.submit({ ...typed, gender: "f", birth_year: "1984" }, { having: "name" });
    await friend.submit({ name, name_alt: "", agreed: "1" }, { having: "agreed" });
    await friend.submit({ code: shownCode(friend) });
    await friend.submit({}, {});
    const page = pathOf(friend.page.url);
    register.secrets.add(page.split("/")[2]);
    const acting = await opened(page, "deny", lang);
    await acting.submit({}, { having: "csrf" });
    assert.ok(acting.page.text.includes(made.number), acting.page.text);
  });
}

test("a link of nobody invites all the same", async () => {
  const visitor = register.visitor("en");
  for (const by of ["0123456789abcdef", "x", "%F0%9F%8C%B8"]) {
    await visitor.get(`/join?by=${by}`);
    assert.equal(visitor.page.status, 200);
    assert.doesNotMatch(visitor.page.text, /invited you/);
  }
});

// Sends a file in the form of the photo page, as a browser does.
async function sendPhoto(visitor, page, bytes, changes = {}) {
  await visitor.get(`${page}/photo`);
  const form = visitor.page.forms.find((f) => "ticket" in f.fields);
  const { csrf, until, ticket } = { ...form.fields, ...changes };
  const multipart = new FormData();
  for (const [name, value] of Object.entries({ csrf, until, ticket })) multipart.set(name, value);
  multipart.set("photo", new Blob([bytes], { type: "image/png" }), 'me "and" you.png');
  return visitor.request("POST", `${page}/photo`, { multipart });
}

test("a photo is sent, cut, shown on the card and to who scans it, and taken off", async () => {
  const made = await member();
  const visitor = await opened(made.page, "photo");
  const picture = (await visitor.get(`${made.page}/share.png`)).body;
  const before = (await visitor.get(`${made.page}/front.png`)).body;
  await sendPhoto(visitor, made.page, picture);
  assert.match(visitor.page.url, /\/crop$/, visitor.page.text);
  const crops = [...visitor.page.text.matchAll(/src="([^"]*crop\.jpg[^"]*)"/g)].map((m) => m[1]);
  assert.equal(crops.length, 6);
  const seen = [];
  for (const crop of crops) {
    const jpeg = await register.visitor("en").get(crop);
    assert.equal(jpeg.status, 404, "a stranger sees what is not on the card yet");
    const own = register.visitor("en");
    own.cookies = visitor.cookies;
    seen.push((await own.get(crop)).body);
    assert.equal(seen.at(-1).readUInt16BE(0), 0xffd8);
  }
  assert.equal((await register.visitor("en").get(`${made.page}/photo.jpg`)).status, 404);
  await visitor.get(`${made.page}/crop`);
  await visitor.submit({ crop: "4" });
  assert.equal(pathOf(visitor.page.url), made.page);
  assert.ok(visitor.page.text.includes(`src="${made.page}/photo.jpg"`));
  const photo = await register.visitor("en").get(`${made.page}/photo.jpg`);
  assert.match(photo.type, /^image\/jpeg/);
  assert.match(photo.headers.get("cache-control"), /no-store/);
  assert.deepEqual(photo.body, seen[4]);
  assert.notDeepEqual((await visitor.get(`${made.page}/front.png`)).body, before);
  const pdf = (await visitor.get(`${made.page}/card.pdf`)).body;
  assert.ok(pdf.includes(photo.body), "the PDF holds the very JPEG");

  const checked = await register.visitor("en").get(`/V/${made.check_code}`);
  const address = checked.text.match(/src="(\/V\/[^"]*photo\.jpg)"/)[1];
  assert.deepEqual((await register.visitor("en").get(address)).body, photo.body);
  for (const other of [made.number, `${made.check_code.slice(0, -1)}-`, made.signed_code]) {
    const code = encodeURIComponent(other);
    assert.doesNotMatch((await register.visitor("en").get(`/V/${code}`)).text, /photo\.jpg/);
    assert.equal((await register.visitor("en").get(`/V/${code}/photo.jpg`)).status, 404);
  }
  await visitor.get(`${made.page}/photo`);
  await visitor.request("POST", `${made.page}/photo-off`, {
    form: { csrf: visitor.page.forms[0].fields.csrf },
  });
  assert.deepEqual((await visitor.get(`${made.page}/front.png`)).body, before);
  assert.equal((await visitor.get(`${made.page}/photo.jpg`)).status, 404);
});

test("the organisation takes an unfit photo off, and the member reads why", async () => {
  const made = await member();
  const visitor = await opened(made.page, "photo");
  const picture = (await visitor.get(`${made.page}/share.png`)).body;
  const put = async () => {
    await sendPhoto(visitor, made.page, picture);
    await visitor.submit({ crop: "0" });
  };
  const off = (who, number = made.number) =>
    register.api("POST", `/api/v1/members/${number}/photo-off`, {
      token: who,
      body: { reason: "No face can be seen." },
    });
  assert.equal((await off(admin)).status, 404); // there is none yet
  await put();
  assert.equal((await off(token)).status, 403);
  assert.equal((await off(admin)).status, 200);
  assert.equal((await visitor.get(`${made.page}/photo.jpg`)).status, 404);
  await visitor.get(made.page);
  assert.match(visitor.page.text, /took your photo off the card: No face can be seen\./);
  await put();
  assert.doesNotMatch(visitor.page.text, /took your photo off/);
  await register.cliWell("member photo-off", made.number, "--reason", "A flower.");
  await visitor.get(made.page);
  assert.match(visitor.page.text, /A flower\./);
  assert.doesNotMatch((await register.visitor("en").get(`/V/${made.check_code}`)).text, /flower/);
});

test("at the desk a member is looked up by the number, and an unfit photo taken off", async () => {
  const made = await member();
  const visitor = await opened(made.page, "photo");
  await sendPhoto(visitor, made.page, (await visitor.get(`${made.page}/share.png`)).body);
  await visitor.submit({ crop: "0" });
  const office = register.visitor("en");
  await office.deskSignIn(admin);
  await office.get("/desk/members");
  await office.submit({ number: "GKC-1" });
  assert.ok([404, 422].includes(office.page.status), office.page.status);
  await office.submit({ number: made.number.toLowerCase().replaceAll("-", " ") });
  const at = `/desk/members/${made.number}`;
  assert.equal(pathOf(office.page.url), at);
  assert.match(office.page.headers.get("cache-control"), /no-store/);
  assert.match((await office.get(`${at}/photo.jpg`)).type, /^image\/jpeg/);
  const elsewhere = register.visitor("en");
  await elsewhere.deskSignIn(await register.token("admin", "--unit", "BR"));
  assert.equal((await elsewhere.get(at)).status, 404);
  assert.equal((await elsewhere.get(`${at}/photo.jpg`)).status, 404);
  const enroller = register.visitor("en");
  await enroller.deskSignIn(token);
  await enroller.get(at);
  assert.equal(enroller.page.status, 200);
  assert.doesNotMatch(enroller.page.text, /photo-off/);
  assert.equal((await enroller.get(`${at}/photo-off`)).status, 403);
  await office.get(`${at}/photo-off`);
  await office.submit({ reason: "" });
  assert.equal(office.page.status, 422);
  await office.submit({ reason: "This is a flower." });
  assert.equal(pathOf(office.page.url), at);
  assert.doesNotMatch(office.page.text, /photo\.jpg/);
  assert.match((await visitor.get(made.page)).text, /This is a flower\./);
});

test("what is no photo, too large, or sent without a session is refused", async () => {
  const made = await member();
  const visitor = await opened(made.page, "photo");
  const picture = (await visitor.get(`${made.page}/share.png`)).body;
  const no = await sendPhoto(visitor, made.page, Buffer.from("<svg xmlns='x'/>"));
  assert.equal(no.status, 422, no.text);
  assert.match(no.text, /id="photo-error"/);
  const none = await sendPhoto(visitor, made.page, Buffer.alloc(0));
  assert.equal(none.status, 422);
  assert.match(none.text, /Choose a photo first/);
  const forged = await sendPhoto(visitor, made.page, picture, { ticket: "0".repeat(32) });
  assert.equal(forged.status, 403);
  const later = await sendPhoto(visitor, made.page, picture, { until: "99999999999" });
  assert.equal(later.status, 403);
  const noCsrf = await sendPhoto(visitor, made.page, picture, { csrf: "0".repeat(32) });
  assert.equal(noCsrf.status, 403);
  const plain = await visitor.request("POST", `${made.page}/photo`, {
    body: "not a form",
    headers: { "content-type": "multipart/form-data" },
  });
  assert.ok([400, 403, 422].includes(plain.status), plain.status);
  assert.equal((await visitor.get(`${made.page}/photo.jpg`)).status, 404);
});

test("a photo that is too large is told so, and leads back", async () => {
  const made = await member();
  for (const [lang, said] of [
    ["en", /at most 8 MB: this one is too large/],
    ["hi", /8 MB तक की फ़ोटो चुनिए: यह बहुत बड़ी है/],
  ]) {
    const visitor = await opened(made.page, "photo", lang);
    const slightly = await sendPhoto(visitor, made.page, Buffer.alloc((8 << 20) + 1000));
    assert.equal(slightly.status, 422);
    assert.match(slightly.text, said);
    assert.match(slightly.text, /id="photo-error"/);
    assert.ok(slightly.forms.some((form) => "ticket" in form.fields)); // may be sent again
    for (const megabytes of [9, 20]) {
      const large = await sendPhoto(visitor, made.page, Buffer.alloc(megabytes << 20));
      assert.equal(large.status, 413);
      assert.match(large.text, said);
      const [, back] = large.text.match(/class="button" href="([^"]*\/photo)"/);
      assert.equal((await visitor.get(back)).status, 200);
      assert.ok(visitor.page.forms.some((form) => "ticket" in form.fields));
    }
  }
});

test("names and phones that a member adds are on the card, and in neither code", async () => {
  const made = await member();
  const visitor = await opened(made.page, "photo");
  const fields = { relative: "Kamla Devi", blood_group: "AB-", emergency: "98765 00011" };
  for (const secret of [fields.relative, "9876500011"]) register.secrets.add(secret);
  await visitor.get(`${made.page}/more`);
  await visitor.submit({ ...fields, emergency: "12" }, { having: "relative" });
  assert.equal(visitor.page.status, 422);
  assert.equal(visitor.page.forms[0].fields.relative, "Kamla Devi"); // nothing typed is lost
  assert.equal(visitor.page.forms[0].fields.blood_group, "AB-");
  await visitor.submit(fields, { having: "relative" });
  assert.equal(pathOf(visitor.page.url), made.page);
  for (const word of ["Kamla Devi", "AB-", "9876500011"])
    assert.ok(visitor.page.text.includes(word), `${word}: among the facts, after the code`);
  const file = path.join(register.dir, "more.pdf");
  await writeFile(file, (await visitor.get(`${made.page}/card.pdf`)).body);
  const side = async (page) =>
    (await run("pdftotext", ["-f", page, "-l", page, "-layout", file, "-"])).stdout;
  const [front, back] = [await side("1"), await side("2")];
  assert.match(front, /Kamla Devi/);
  assert.doesNotMatch(front, /AB-|9876500011/);
  assert.match(back, /AB-/);
  assert.match(back, /9876500011/);
  assert.doesNotMatch(back, /Kamla/);
  const checked = await register.api("GET", `/api/v1/check/${made.check_code}`);
  assert.doesNotMatch(checked.text, /Kamla|AB-|9876500011/);
  const scanned = await register.visitor("en").get(`/V/${made.check_code}`);
  assert.doesNotMatch(scanned.text, /Kamla|AB-|9876500011/);
  const stranger = await register.visitor("en").get(made.page);
  assert.doesNotMatch(stranger.text, /Kamla|AB-|9876500011/);
});

// The bytes of the claims in the code on the back.
async function claimed(visitor, page) {
  const code = await readCode((await visitor.get(`${page}/back.png`)).body);
  return inflateSync(base45.decode(code)).toString("latin1");
}

test("a date of birth is on the card and in its signed code while it is wanted", async () => {
  const made = await member({ birth_year: 1987 });
  for (const [lang, shown, form, year] of [
    ["hi", "जन्म: 15 अगस्त 1987", /दिन, महीना और साल लिखिए/, /साल 1987 की तारीख लिखिए/],
    ["en", "Born 15 August 1987", /Write day, month and year/, /Write a date in 1987/],
  ]) {
    const visitor = await opened(made.page, "more", lang);
    const send = async (birth_day, birth_month, birth_year) => {
      await visitor.get(`${made.page}/more`);
      return visitor.submit({ birth_day, birth_month, birth_year }, { having: "relative" });
    };
    assert.doesNotMatch(await claimed(visitor, made.page), /1987/);
    for (const [typed, said] of [
      [["31", "4", "1987"], form],
      [["15", "", ""], form],
      [["x", "8", "1987"], form],
      [["15", "8", "1988"], year],
    ]) {
      await send(...typed);
      assert.equal(visitor.page.status, 422);
      assert.match(visitor.page.text, said);
      assert.equal(visitor.page.forms[0].fields.birth_day, typed[0]); // nothing typed is lost
    }
    await send(lang === "hi" ? "१५" : "15", "8", "1987");
    assert.equal(pathOf(visitor.page.url), made.page);
    assert.ok(visitor.page.text.includes(`<dd>${shown.replace(/^.*?(?=15)/, "")}</dd>`));
    assert.match(await claimed(visitor, made.page), /19870815/);
    const file = path.join(register.dir, "born.pdf");
    await writeFile(file, (await visitor.get(`${made.page}/card.pdf`)).body);
    const words = (await run("pdftotext", ["-l", "1", "-layout", file, "-"])).stdout;
    assert.ok(words.normalize("NFC").includes(shown), words);
    const scanned = await register.visitor("en").get(`/V/${made.check_code}`);
    assert.doesNotMatch(scanned.text, /1987/);
    await send("", "", "");
    assert.doesNotMatch(await claimed(visitor, made.page), /1987/);
  }
});

test("the organisation's slogan is on its first page and on the backs of cards", async () => {
  const made = await member();
  const slogan = { en: "A book in every village", hi: "हर गाँव में किताब" };
  const long = await register.cli("slogan", "--en", "x".repeat(61));
  assert.equal(long.code, 1);
  assert.match(long.stderr, /at most 60 letters/);
  const set = await register.cliWell("slogan", "--en", slogan.en, "--hi", slogan.hi);
  assert.equal(set, `en  ${slogan.en}\nhi  ${slogan.hi}\n`);
  for (const lang of ["en", "hi"]) {
    const visitor = register.visitor(lang);
    await visitor.get(`${made.page}?lang=${lang}`);
    const file = path.join(register.dir, "slogan.pdf");
    await writeFile(file, (await visitor.get(`${made.page}/card.pdf`)).body);
    const words = (await run("pdftotext", ["-f", "2", "-layout", file, "-"])).stdout;
    assert.ok(words.normalize("NFC").includes(slogan[lang]), words);
    await eventually(async () => (await visitor.get("/")).text.includes(slogan[lang]));
  }
  await register.cliWell("slogan", "--en", "", "--hi", "");
  await eventually(async () => {
    const page = await register.visitor("en").get("/");
    return !page.text.includes(slogan.en) && !page.text.includes('class="slogan"');
  });
});

test("a sheet has the photo and what was added, of those who have them", async () => {
  const made = await member();
  const plain = await member();
  const visitor = await opened(made.page, "photo");
  await sendPhoto(visitor, made.page, (await visitor.get(`${made.page}/share.png`)).body);
  await visitor.submit({ crop: "0" });
  const photo = (await visitor.get(`${made.page}/photo.jpg`)).body;
  await visitor.get(`${made.page}/more`);
  register.secrets.add("Gomti Devi");
  await visitor.submit({ relative: "Gomti Devi", blood_group: "O+" }, { having: "relative" });
  const numbers = path.join(register.dir, "numbers.txt");
  const file = path.join(register.dir, "sheet.pdf");
  // the same two on many pages: what a page decodes is given back with it
  await writeFile(numbers, `${made.number}\n${plain.number}\n`.repeat(15));
  await register.cliWell("card sheet", "--numbers", numbers, "--out", file);
  assert.ok((await readFile(file)).includes(photo), "the sheet holds the very JPEG");
  const words = (await run("pdftotext", ["-layout", file, "-"])).stdout;
  assert.equal(words.match(/Gomti Devi/g).length, 15);
  assert.equal(words.match(/O\+/g).length, 15);
  for (const [lang, label, mark] of [
    ["hi", "सदस्यता कब से", "यह सरकारी पहचान पत्र नहीं है"],
    ["en", "Member since", "Not a government identity card"],
  ]) {
    const done = await register.cliWell(
      "card sheet", "--numbers", numbers, "--lang", lang, "--out", file);
    assert.match(done, /is ready\. Cards: 30/); // the cards' language is not the terminal's
    const said = (await run("pdftotext", ["-layout", file, "-"])).stdout.normalize("NFC");
    assert.equal(said.split(label).length - 1, 30, said);
    assert.equal(said.split(mark).length - 1, 30);
  }
  const single = path.join(register.dir, "phone.png");
  await register.cliWell("card", made.number, "--format", "phone", "--out", single);
  assert.ok((await readFile(single)).length > 10_000);
});
