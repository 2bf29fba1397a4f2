// Every verb that `sangathan help` names, used wrongly: the exit code, and one sentence in the
// language of the terminal on standard error alone.
import assert from "node:assert/strict";
import path from "node:path";
import { after, before, test } from "node:test";
import { binary, Register, run } from "./harness.mjs";

const hindi = /[\u0900-\u097f]{2}/;
const languages = [
  { lang: "en", speaks: (text) => !hindi.test(text) },
  { lang: "hi", speaks: (text) => hindi.test(text) },
];
const withoutData = new Set(["routes", "openapi"]);

let register;
let verbs; // [{words, argumentNames, options: [{name, value, needed}]}]

before(async () => {
  register = await Register.make();
  const help = await run(binary, ["help"], { env: { SANGATHAN_LANG: "en" } });
  const rows = [...help.stdout.matchAll(/^ {2}([a-z]+(?: [a-z-]+)?) {2,}\S/gm)];
  verbs = await Promise.all(rows.map(([, words]) => described(words)));
});
after(() => register?.end());

async function described(words) {
  const own = await run(binary, [...words.split(" "), "--help"], { env: { SANGATHAN_LANG: "en" } });
  const first = own.stdout.split(/\n(?=sangathan )/).find((part) =>
    part.startsWith(`sangathan ${words} `));
  assert.ok(first, `${words} --help: ${own.stdout}`);
  const heads = first.split("\n")[0].slice(`sangathan ${words} `.length).split(" ");
  const options = [...first.matchAll(/^ {2}--([a-z-]+)(?: (\S+))? {2,}(.*)$/gm)].map(
    ([, name, value, about]) => ({ name, value, needed: /\(needed\)/.test(about) }));
  return { words, argumentNames: heads.filter((head) => head !== "[options]"), options };
}

// Something that the verb itself cannot call wrong: the register alone could.
const values = { out: "x.pdf", by: "child", code: "GKC", to: "9000000017", "birth-year": "1980",
  gender: "f", reason: "a reason", parts: "nation=100", amount: "5", charges: "5", key: "x" };
const argumentOf = { PHONE: "9000000017", "FILE.csv": "units.csv", PARTS: "nation=100",
  WAY: "upi", ID: "1" };
// Of several options one is needed.
const chosen = { enrol: "consent", "card sheet": "unit", "payment decide": "keep" };

function filled(verb) {
  const args = verb.argumentNames.map((name) => argumentOf[name] ?? "1");
  for (const { name, value, needed } of verb.options) {
    if (!needed && chosen[verb.words] !== name) continue;
    args.push(`--${name}`);
    const choice = value?.includes("|") ? value.split("|")[0] : "1";
    if (value) args.push(values[name] ?? choice);
  }
  return args;
}

async function assertSays(verb, args, code, { lang, speaks }) {
  const about = `${lang}: sangathan ${verb.words} ${args.join(" ")}`;
  const done = await run(binary, [...verb.words.split(" "), ...args], {
    env: { SANGATHAN_DATA: "", SANGATHAN_LANG: lang },
  });
  const said = `${about}: ${done.code} ${done.stdout}${done.stderr}`;
  assert.equal(done.signal, null, said);
  assert.ok([code].flat().includes(done.code), said);
  assert.equal(done.stdout, "", said);
  const lines = done.stderr.split("\n");
  assert.equal(lines.pop(), "", said);
  assert.equal(lines.length, 1, said);
  assert.match(lines[0], /^sangathan: .{10,}[.?।…:}a-z0-9]$/u, said);
  assert.ok(speaks(lines[0]), said);
  assert.doesNotMatch(lines[0], /errno|\(null\)|SQLITE|%[sd]|\b[a-z]+_[a-z_]+\b|\{[a-z]+\}/, said);
  return lines[0];
}

test("every verb is described with its options, in both languages alike", async () => {
  assert.ok(verbs.length > 70, `${verbs.length} verbs`);
  for (const verb of verbs) {
    const words = [...verb.words.split(" "), "--help"];
    const done = await run(binary, words, { env: { SANGATHAN_LANG: "hi" } });
    assert.equal(done.code, 0, verb.words);
    assert.equal(done.stderr, "", verb.words);
    assert.match(done.stdout, hindi, verb.words);
    for (const { name } of verb.options) {
      assert.match(done.stdout, new RegExp(`^ {2}--${name}\\b.*[\u0900-\u097f]`, "m"), verb.words);
    }
  }
});

test("no verb runs without the folder; it says how to name it", async () => {
  for (const verb of verbs.filter(({ words }) => !withoutData.has(words))) {
    for (const language of languages) {
      const sentence = await assertSays(verb, filled(verb), 2, language);
      assert.match(sentence, /--data DIR.*SANGATHAN_DATA/, verb.words);
    }
  }
});

test("what a verb needs and did not get is wrong use, in one sentence", async () => {
  for (const verb of verbs) {
    const needs = verb.argumentNames.length || verb.options.some(({ needed }) => needed);
    for (const language of needs ? languages : []) {
      const sentence = await assertSays(verb, ["--data", register.data], 2, language);
      const first = verb.argumentNames[0] ?? "--";
      assert.ok(sentence.includes(first), `${verb.words}: ${sentence}`);
    }
  }
});

test("an option that a verb has not is wrong use; one that is near is named", async () => {
  for (const verb of verbs) {
    for (const language of languages) {
      await assertSays(verb, ["--qqqqqqqqq"], 2, language);
      const near = await assertSays(verb, ["--dtaa=x"], 2, language);
      assert.match(near, /--data/, verb.words);
    }
  }
  for (const { options, words } of verbs) {
    for (const { name } of options.filter((option) => option.name.length > 3).slice(-1)) {
      const swapped = `--${name.slice(0, -2)}${name.at(-1)}${name.at(-2)}`;
      if (swapped === `--${name}`) continue;
      const said = await assertSays({ words }, [`${swapped}=1`], 2, languages[0]);
      assert.match(said, /did you mean --/, `${words} ${swapped}`);
    }
  }
});

test("a mistyped verb is answered with the one that was meant", async () => {
  for (const [typed, meant] of [["serv", "serve"], ["enroll", "enrol"],
    ["member shwo", "member show"], ["membr list", "member list"], ["unit improt", "unit import"],
    ["ledgr", "ledger"]]) {
    for (const language of languages) {
      const said = await assertSays({ words: typed }, [], 2, language);
      assert.ok(said.includes(`“${meant}”`), said);
    }
  }
  const far = await assertSays({ words: "photosynthesis" }, [], 2, languages[0]);
  assert.match(far, /sangathan help/);
});

test("a folder that is not there is trouble, in one sentence", async () => {
  const data = path.join(register.dir, "no", "such");
  for (const verb of verbs.filter(({ words }) => !withoutData.has(words))) {
    for (const language of languages) {
      await assertSays(verb, [...filled(verb), "--data", data], 3, language);
    }
  }
});
