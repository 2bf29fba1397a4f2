// The form of joining in all its shapes, with every field missing, empty, too long, not UTF-8 or of
// another kind: told at the field, nothing else that was typed is lost, nothing gets through.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { indianYear, person, Register } from "./harness.mjs";

let register;
const year = indianYear();

before(async () => {
  register = await Register.make();
  await register.cliWell("kind add", "youth", "--name", "Youth", "--fee", "5", "--days", "365");
  await register.cliWell("kind add", "elder", "--name", "Elder", "--age", "60");
  await register.serve();
});
after(() => register?.end());

function anybody() {
  const { name, phone } = person();
  for (const word of [name, phone]) register.secrets.add(word);
  return { name, phone, phone_of: "self", gender: "f", birth_year: "1984", kind: "ordinary" };
}

const home = { place: "226001", settlement: "urban" };
const guardian = { guardian_name: "Sita Devi", guardian_phone: "9000000017" };
const dubai = { phone: "+971501234567", abroad: "1", country: "AE", town: "Dubai" };
const SHAPES = {
  "in India": () => ({ ...anybody(), ...home }),
  abroad: () => ({ ...anybody(), ...dubai }),
  "a minor": () => ({ ...anybody(), ...home, birth_year: String(year - 12), ...guardian }),
  "who turns 18": () => ({
    ...anybody(),
    ...home,
    birth_year: String(year - 18),
    of_age: "no",
    ...guardian,
  }),
};

// Percent-encoded: some is no text at all.
const enc = encodeURIComponent;
const WRONG = {
  missing: undefined,
  empty: "",
  blank: "+++",
  long: "x".repeat(5000),
  hindi: enc("क्ष".repeat(200)),
  control: "a%01b",
  nul: "a%00b",
  backwards: enc("\u202eabc"),
  lone: "%ff",
  surrogate: "%ed%a0%80",
  number: "99999999999999999999",
  minus: "-1",
  script: enc("<script>alert(1)</script>"),
  quote: enc("' OR '1'='1"),
};
// What may be left out or be anything, because nothing is made of it.
const FREE = new Set(["abroad"]);
// Signs of direction are dropped from names.
const MAY_PASS = { name: ["backwards"] };
MAY_PASS.guardian_name = MAY_PASS.name;
// What only the other answers bring up is asked for first, and a fault when it is left out then.
const ASKED = new Set(["of_age", "guardian_name", "guardian_phone"]);

const encode = (fields) =>
  Object.entries(fields)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${name}=${value}`)
    .join("&");

for (const [shape, make] of Object.entries(SHAPES)) {
  test(`each field wrong in each way: ${shape}`, async () => {
    const visitor = register.visitor("en");
    await visitor.get("/join");
    const { csrf } = visitor.page.forms.find((f) => "name" in f.fields).fields;
    const headers = { origin: register.origin };
    for (const field of Object.keys(make()).filter((f) => !FREE.has(f))) {
      for (const [how, value] of Object.entries(WRONG)) {
        const about = `${shape}: ${field} ${how}`;
        const good = make();
        const plain = Object.fromEntries(Object.entries(good).map(([k, v]) => [k, enc(v)]));
        const body = encode({ csrf: enc(csrf), ...plain, [field]: value });
        let page = await visitor.request("POST", "/join", { body, headers });
        if (MAY_PASS[field]?.includes(how) && page.status === 200) continue;
        if (ASKED.has(field) && page.status === 200) {
          assert.match(page.text, /One more thing/, about);
          assert.ok(page.text.includes(`name="${field}"`), about);
          const answered = `${body}&asked_age=1&asked_guardian=1`;
          page = await visitor.request("POST", "/join", { body: answered, headers });
        }
        const again = page.forms.find((f) => "name" in f.fields);
        for (const other of ["name", "phone", "town", "birth_year", "gender"]) {
          if (other === field || good[other] === undefined) continue;
          assert.equal(again?.fields[other], good[other], `${about}: ${other} is lost`);
        }
        assert.equal(page.status, 422, `${about}: ${page.url} ${page.text.slice(0, 200)}`);
        assert.ok(!page.text.includes("<script>alert(1)"), about);
        const links = [...page.text.matchAll(/href="#(\w+)"/g)].map(([, id]) => id);
        const told = links.find((id) => id !== "main");
        assert.ok(told && page.text.includes(`id="${told}"`), `${about}: ${links}`);
        const [summary] = page.text.match(/class="error-summary"[^]*?<\/ul>/);
        assert.doesNotMatch(summary.replace(/<[^>]*>/g, ""), /[a-z]+_[a-z]+_[a-z]+/, about);
      }
    }
  });
}

test("the right forms go on, so that the test above refuses for the right reason", async () => {
  for (const [shape, make] of Object.entries(SHAPES)) {
    const visitor = register.visitor("hi");
    await visitor.get("/join");
    const { csrf } = visitor.page.forms.find((f) => "name" in f.fields).fields;
    const body = String(new URLSearchParams({ csrf, ...make() }));
    await visitor.request("POST", "/join", { body, headers: { origin: register.origin } });
    assert.match(visitor.page.url, /\/join\/check$/, `${shape}: ${visitor.page.text}`);
  }
});

test("a kind has its age, and a closed one is no choice", async () => {
  const visitor = register.visitor("en");
  await visitor.get("/join");
  await visitor.submit({ ...anybody(), ...home, kind: "elder" }, { having: "name" });
  assert.equal(visitor.page.status, 422);
  assert.match(visitor.page.text, /href="#birth_year"[^]*60/);
  await register.cliWell("kind close", "elder");
  try {
    await visitor.get("/join?another=1");
    const { choices } = visitor.page.forms.find((f) => "kind" in f.choices);
    assert.deepEqual(choices.kind, ["ordinary", "youth"]);
  } finally {
    await register.cliWell("kind reopen", "elder");
  }
  await visitor.get("/join?another=1");
  const { choices } = visitor.page.forms.find((f) => "kind" in f.choices);
  assert.ok(choices.kind.includes("elder"));
});
