// The verbs in the terminal: help for each, exit codes 0 1 2 3, one clear sentence on standard
// error, and that two programs on one register do each other no harm.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import {
  chmod, mkdir, mkdtemp, readFile, readdir, rm, stat, symlink, writeFile,
} from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { after, before, test } from "node:test";
import { binary, eventually, indianYear, person, Register, run, top } from "./harness.mjs";

let register;
let token;

before(async () => {
  register = await Register.make({ members: 200 });
  token = await register.token();
});
after(() => register?.end());

// A refusal: its exit code, nothing on standard output, one sentence on standard error, or one for
// each of the words that are wrong. How far something slow had come is no sentence.
function assertRefused(done, code, about) {
  assert.equal(done.code, code, `${about}: ${done.code} ${done.stdout}${done.stderr}`);
  assert.equal(done.stdout, "", about);
  assert.ok(done.stderr.trim().length > 10, `${about}: says nothing`);
  const isProgress = (line) => / \d+%\s+\d+\/\d+/.test(line);
  const lines = done.stderr.trim().split("\n").filter((line) => !isProgress(line));
  const fields = new Set(lines.map((line) => line.match(/^sangathan: ([a-z_.-]+): /)?.[1] ?? ""));
  assert.equal(fields.size, lines.length, `${about}: ${done.stderr}`);
  assert.doesNotMatch(done.stderr, /errno|\(null\)|SQLITE|%[sd]|_[a-z]+_/, about);
}

const VERBS = [
  "init",
  "demo",
  "serve",
  "token",
  "enrol",
  "member",
  "card",
  "check",
  "unit",
  "tally",
  "rebuild",
  "routes",
  "openapi",
];

test("every verb has help, in the list and of its own", async () => {
  const help = await run(binary, ["help"]);
  assert.equal(help.code, 0);
  for (const verb of VERBS) {
    assert.match(help.stdout, new RegExp(`^\\s*${verb}\\b`, "m"), verb);
    const own = await run(binary, [verb, "--help"]);
    assert.equal(own.code, 0, verb);
    assert.match(own.stdout, new RegExp(`sangathan ${verb}`), verb);
  }
});

test("help comes in Hindi where the terminal speaks it, of every verb and option", async () => {
  const hindi = /[\u0900-\u097f]/;
  for (const env of [{ SANGATHAN_LANG: "hi" }, { LC_ALL: "hi_IN.UTF-8", SANGATHAN_LANG: "" }]) {
    const help = await run(binary, ["help"], { env });
    const rows = [...help.stdout.matchAll(/^ {2}([a-z]+(?: [a-z-]+)?) {2,}(.*)$/gm)];
    assert.ok(rows.length > 60, `${rows.length} verbs`);
    for (const [, verb, words] of rows) assert.match(words, hindi, `help of ${verb}`);
    for (const word of new Set(rows.map(([, verb]) => verb.split(" ")[0]))) {
      const { stdout } = await run(binary, [word, "--help"], { env });
      for (const [line] of stdout.matchAll(/^ {2}--.*$/gm)) assert.match(line, hindi, word);
      for (const text of stdout.split(/\n\n/)) assert.match(text, hindi, word);
    }
    assert.match((await run(binary, ["fly"], { env })).stderr, hindi);
  }
  const english = await run(binary, ["help"], { env: { SANGATHAN_LANG: "en" } });
  assert.doesNotMatch(english.stdout, hindi);
});

test("wrong use is 2, with a hint", async () => {
  assertRefused(await run(binary, ["fly"]), 2, "no such verb");
  assertRefused(await run(binary, []), 2, "no verb");
  assertRefused(await register.cli("tally", "--nothing"), 2, "no such option");
  assertRefused(await register.cli("member show"), 2, "no number");
  assertRefused(await register.cli("tally", "--by", "moon"), 2, "no such choice");
  assertRefused(await run(binary, ["tally"], { env: { SANGATHAN_DATA: "" } }), 2, "no folder");
});

test("an option that can never be right is wrong use", async () => {
  for (const listen of ["abc", "", ":", "127.0.0.1", "127.0.0.1:x", "localhost:80", "1.2.3:80"]) {
    assertRefused(await register.cli("serve", "--listen", listen), 2, `listen ${listen}`);
  }
  assertRefused(await register.cli("serve", "--listen", "127.0.0.1:65536"), 2, "port");
  assertRefused(await register.cli("serve", "--threads", "many"), 2, "threads");
  assertRefused(await register.cli("serve", "--tls-key", "x"), 2, "a key without its certificate");
  assertRefused(await register.cli("limits", "--phone-members", "7"), 2, "seven on a phone");
});

const hidden = ["\u0007", "\u202e", "\u200b", "\u2028", "a\nb", "\u0085"];

test("names that do not read as they are written are refused", async () => {
  const data = ["--data", path.join(register.dir, "hidden")];
  for (const sign of hidden) {
    const name = `Friends ${sign} of`;
    const about = JSON.stringify(sign);
    for (const option of ["--name", "--name-hi", "--address", "--helpline", "--registration"]) {
      const texts = { "--name": "Friends", [option]: name };
      const words = Object.entries(texts).flat();
      const done = await run(binary, ["init", ...data, "--code", "HID", ...words]);
      assertRefused(done, 1, `${option} ${about}`);
    }
    const token = ["--role", "enroller", "--unit", "IN", "--label", name];
    assertRefused(await register.cli("token create", ...token), 1, `label ${about}`);
    assertRefused(await register.cli("kind add", "hidden", "--name", name), 1, `kind ${about}`);
  }
  const file = path.join(register.dir, "units.csv");
  for (const sign of hidden.filter((s) => !s.includes("\n"))) {
    await writeFile(
      file,
      `code,kind,parent,name_en,name_hi\nIN-X,state,IN,Good ${sign} name,नाम\n`,
    );
    const done = await register.cli("unit import", file);
    assert.equal(done.code, 1, JSON.stringify(sign));
    assert.match(done.stderr, /:2: /);
  }
});

test("people of all sorts are enrolled at the terminal", async () => {
  const own = await Register.make();
  const year = indianYear();
  const enrol = (options) => {
    const { name, phone } = person();
    const all = {
      name,
      phone,
      gender: "f",
      "birth-year": "1980",
      unit: "UP-174",
      cash: "11",
      consent: true,
      ...options,
    };
    const words = Object.entries(all).filter(([, value]) => value !== undefined);
    return own.cli("enrol", ...words.flatMap(([k, v]) => [`--${k}`, ...(v === true ? [] : [v])]));
  };
  const good = async (about, options, shown) => {
    const done = await enrol(options);
    assert.equal(done.code, 0, `${about}: ${done.stderr}`);
    const [, number] = done.stdout.match(/^number +(\S+)/);
    assert.match(await own.cliWell("member show", number), shown, about);
  };
  const guardian = { "guardian-name": "Sita Devi", "guardian-phone": "9000000017" };
  await good("no phone", { phone: undefined }, /phone +\(none, none\)/);
  await good("abroad", { unit: undefined, country: "AE", town: "Dubai" }, /unit +ABROAD-AE/);
  await good("a child", { "birth-year": `${year - 10}`, ...guardian }, /born +\d+/);
  await good("turns 18, is", { "birth-year": `${year - 18}`, "of-age": "yes" }, /state +confirmed/);
  const not = { "birth-year": `${year - 18}`, "of-age": "no", ...guardian };
  await good("turns 18, is not", not, /born/);
  await own.cliWell("kind add", "student", "--name", "Student", "--fee", "5", "--days", "365");
  await good("a kind", { kind: "student", cash: "5" }, /kind +student[^]*expires/);
  await own.cliWell("kind close", "student");
  await own.cliWell("kind reopen", "student");
  await good("a kind reopened", { kind: "student", cash: "5" }, /kind +student/);
  await own.cliWell("kind close", "student");

  const wrong = [
    [1, { "birth-year": `${year - 10}` }, "a child without guardian"],
    [1, { "birth-year": `${year - 18}`, "of-age": "no" }, "not of age, without guardian"],
    [2, { "of-age": "perhaps" }, "of age?"],
    [2, { "birth-year": "MCMLXXX" }, "a year in letters"],
    [2, { consent: undefined }, "no consent"],
    [1, { kind: "student", cash: "5" }, "a closed kind"],
    [1, { kind: "emperor" }, "no such kind"],
    [1, { country: "AE", town: "Dubai" }, "two places"],
    [1, { unit: undefined, country: "XX", town: "Dubai" }, "no such country"],
    [1, { unit: undefined, country: "AE" }, "no city"],
    [1, { unit: undefined, country: "AE", town: "Du\u202ebai" }, "a city that reads backwards"],
    [1, { phone: undefined, "phone-of": "self" }, "whose phone, but none"],
    [2, { cash: "eleven" }, "cash in words"],
    [2, { unit: undefined, pin: "22600" }, "five digits"],
    [1, { cash: "12" }, "too much"],
    [1, { unit: "NOWHERE" }, "no such unit"],
    [1, { pin: "226001" }, "PIN and unit"],
    [1, { name: "x".repeat(300) }, "a long name"],
    [2, { gender: undefined }, "no gender"],
  ];
  for (const [code, options, about] of wrong) assertRefused(await enrol(options), code, about);
  await good("a PIN in two parts", { unit: undefined, pin: "226 001" }, /unit +UP-/);

  // a PIN code of several districts: they are named, and one of them is taken
  const spans = await enrol({ unit: undefined, pin: "110001" });
  assert.equal(spans.code, 1, spans.stderr);
  assert.match(spans.stderr, /^sangathan: --pin: Choose your district/);
  assert.match(spans.stderr, /instead of --pin:/);
  const offered = [...spans.stderr.matchAll(/^ {2}--unit (\S+) {2}\S/gm)].map(([, code]) => code);
  assert.ok(offered.length > 1, spans.stderr);
  await good("a district of these", { unit: offered[1] }, new RegExp(`unit +${offered[1]}`));
  await own.end();
});

test("what the register refuses is 1", async () => {
  assertRefused(await register.cli("member show", "GKC-000-0000-0001"), 1, "wrong digit");
  assertRefused(await register.cli("unit show", "NOWHERE"), 1, "no such unit");
  assertRefused(await register.cli("token revoke", "999"), 1, "no such token");
  assertRefused(
    await register.cli("token create", "--role", "enroller", "--unit", "XX"),
    1,
    "unit",
  );
});

test("trouble with files is 3", async () => {
  const nowhere = path.join(register.dir, "nowhere");
  assertRefused(await run(binary, ["tally", "--data", nowhere]), 3, "no folder");
  const empty = path.join(register.dir, "empty");
  await mkdir(empty);
  assertRefused(await run(binary, ["tally", "--data", empty]), 3, "make a register");
  const number = (await register.cliWell("member list", "--unit", "IN", "--csv")).match(
    /GKC-[\d-]+/,
  )[0];
  assertRefused(
    await register.cli("card", number, "--format", "pdf", "-o", path.join(nowhere, "x.pdf")),
    3,
    "no such folder",
  );
});

test("keys lie outside the database, readable by their owner only", async () => {
  const keys = path.join(register.data, "keys");
  assert.equal((await stat(keys)).mode & 0o777, 0o700);
  for (const name of await readdir(keys)) {
    assert.equal((await stat(path.join(keys, name))).mode & 0o777, 0o600, name);
  }
});

test("a missing or open key is said clearly", async () => {
  const keys = path.join(register.data, "keys");
  const [name] = await readdir(keys);
  const file = path.join(keys, name);
  const content = await readFile(file);
  await chmod(file, 0o644);
  assertRefused(await register.cli("token list"), 3, "key open to others");
  await rm(file);
  assertRefused(await register.cli("token list"), 3, "key missing");
  await writeFile(file, content, { mode: 0o600 });
  await register.cliWell("token list");
});

test("keys of another register of the same name are not taken for its own", async () => {
  const other = await Register.make();
  try {
    const at = (r) => path.join(r.data, "keys", "GKC.keys");
    const [own, others] = await Promise.all([readFile(at(register)), readFile(at(other))]);
    await writeFile(at(register), others);
    for (const [verb, ...args] of [["token list"], ["serve", "--listen", "127.0.0.1:1"]]) {
      const refused = await register.cli(verb, ...args);
      assertRefused(refused, 3, `${verb} with others' keys`);
      assert.match(refused.stderr, /another register/);
    }
    await writeFile(at(register), own);
    await register.cliWell("token list");
    // one from before the mark takes the keys that are there, once
    await meddle("UPDATE organisation SET keys_mark = NULL;");
    await register.cliWell("token list");
    await writeFile(at(register), others);
    assertRefused(await register.cli("token list"), 3, "others' keys beside an old register");
    await writeFile(at(register), own);
    await register.cliWell("token list");
  } finally {
    await other.end();
  }
});

test("init refuses a folder that has a register", async () => {
  const again = await register.cli("init", "--code", "GKC", "--name", "Again");
  assertRefused(again, 1, "init again");
  for (const code of ["", "G", "gkc!", "TOOLONG", "ग"]) {
    const done = await run(binary, [
      "init",
      "--data",
      path.join(register.dir, "new"),
      "--code",
      code,
      "--name",
      "New",
    ]);
    assert.ok([1, 2].includes(done.code), `${code}: ${done.code} ${done.stderr}`);
  }
});

test("the same seed makes the same people but other numbers and keys", async () => {
  const other = await Register.make({ members: 200 });
  try {
    const list = (r) => r.cliWell("member list", "--unit", "IN", "--csv");
    const [a, b] = await Promise.all([list(register), list(other)]);
    const names = (csv) =>
      csv
        .trim()
        .split("\n")
        .map((row) => row.replace(/GKC-[\d-]+/, ""))
        .sort();
    assert.deepEqual(names(a).length, 201);
    const people = (csv) => names(csv).map((row) => row.split(",").slice(1, 3).join());
    assert.deepEqual(people(a), people(b));
    assert.notDeepEqual(a.match(/GKC-[\d-]+/g).sort(), b.match(/GKC-[\d-]+/g).sort());
  } finally {
    await other.end();
  }
});

test("enrolling in the terminal counts", async () => {
  const total = async () =>
    Number(
      (await register.cliWell("tally", "--unit", "UP")).match(/\d[\d,]*/)[0].replaceAll(",", ""),
    );
  const before = await total();
  const p = person();
  await register.cliWell(
    "enrol",
    "--name",
    p.name,
    "--phone",
    p.phone,
    "--unit",
    "UP",
    "--gender",
    "f",
    "--birth-year",
    "1980",
    "--consent",
  );
  assert.equal(await total(), before + 1);
});

// Changes the register behind the program's back.
async function meddle(sql) {
  const file = path.join(register.data, "register.db");
  const code =
    "import sqlite3, sys; c = sqlite3.connect(sys.argv[1]); c.executescript(sys.argv[2])";
  const done = await run("python3", ["-c", code, file, sql]);
  assert.equal(done.code, 0, done.stderr);
}

test("a difference in the counts is found, and mended", async () => {
  assert.equal((await register.cli("rebuild", "--check")).code, 0);
  await meddle(
    `UPDATE tally SET members = members + 1, women = women - 2 WHERE unit_id = 1;
    DELETE FROM tally_day WHERE day = (SELECT max(day) FROM tally_day);`,
  );
  const found = await register.cli("rebuild", "--check");
  assert.equal(found.code, 1, found.stderr);
  assert.ok(found.stdout.length + found.stderr.length > 10);
  await register.cliWell("rebuild");
  assert.equal((await register.cli("rebuild", "--check")).code, 0);
});

test("a register of a newer version is left alone", async () => {
  const newest = (await readdir(path.join(top, "schema"))).sort().at(-1); // "0012_honour.sql"
  await meddle("PRAGMA user_version = 900;");
  assertRefused(await register.cli("tally"), 3, "newer");
  await meddle(`PRAGMA user_version = ${Number(newest.slice(0, 4))};`);
  await register.cliWell("tally");
});

test("units: what cannot be is refused with file and line, and nothing changes", async () => {
  const before = await register.cliWell("unit list");
  const file = path.join(register.dir, "units.csv");
  const head = "code,kind,parent,name_en,name_hi\n";
  const bad = {
    cycle: `${head}AA-1,district,AA-2,A,अ\nAA-2,district,AA-1,B,ब\n`,
    orphan: `${head}AA-1,district,NOWHERE,A,अ\n`,
    double: `${head}AA-1,district,UP,A,अ\nAA-1,district,UP,B,ब\n`,
    kind: `${head}AA-1,planet,UP,A,अ\n`,
    head: "what,is,this\n1,2,3\n",
    bytes: Buffer.from([...Buffer.from(`${head}AA-1,district,UP,`), 0xff, 0xfe, 0x0a]),
    quote: `${head}AA-1,district,UP,"never closed\n`,
  };
  for (const [name, content] of Object.entries(bad)) {
    await writeFile(file, content);
    const done = await register.cli("unit import", file);
    assert.equal(done.code, 1, `${name}: ${done.stdout}${done.stderr}`);
    if (name !== "head") assert.match(done.stderr, /units\.csv:[23]\b/, name);
  }
  assert.equal(await register.cliWell("unit list"), before);
});

test("the route table and the OpenAPI document agree", async () => {
  const routes = (await run(binary, ["routes"])).stdout;
  const openapi = JSON.parse((await run(binary, ["openapi"])).stdout);
  assert.match(openapi.openapi, /^3\.1\./);
  for (const [target, methods] of Object.entries(openapi.paths)) {
    for (const method of Object.keys(methods)) {
      const row = new RegExp(
        `^\\s*${method.toUpperCase()}\\s+${target.replace(/[{}.?]/g, "\\$&")}\\s`,
        "m",
      );
      assert.match(routes, row);
    }
  }
});

test("beside a running server: a verb writes, a second server is refused", async () => {
  await register.serve();
  const before = (await register.api("GET", "/api/v1/units/UP/tally", { token })).json.members;
  const p = person();
  await register.cliWell(
    "enrol",
    "--name",
    p.name,
    "--phone",
    p.phone,
    "--unit",
    "UP",
    "--gender",
    "m",
    "--birth-year",
    "1970",
    "--consent",
  );
  assert.equal(
    (await register.api("GET", "/api/v1/units/UP/tally", { token })).json.members,
    before + 1,
  );
  const second = await register.cli("serve", "--listen", "127.0.0.1:0");
  assert.ok([1, 3].includes(second.code), `${second.code}`);
  assert.ok(second.stderr.trim().length > 10);
  await register.stop();
});

test("Hindi where the terminal is Hindi", async () => {
  const done = await register.cliWith({ env: { LANG: "hi_IN.UTF-8" } }, "unit show", "NOWHERE");
  assert.equal(done.code, 1);
  assert.match(done.stderr, /[\u0900-\u097f]{2}/);
});

test("an init that does not end leaves nothing; one after it does", async () => {
  const folder = await mkdtemp(path.join(os.tmpdir(), "sangathan-init-"));
  const data = path.join(folder, "data");
  const words = ["init", "--data", data, "--code", "GKC", "--name", "Club",
    "--base-url", "http://127.0.0.1:9"];
  const at = (other) => words.map((word) => (word === data ? other : word));
  for (const blocks of [100, 1000, 2000]) {
    const full = await run("bash", ["-c", `ulimit -f ${blocks}; exec "$0" "$@"`, binary, ...words]);
    assertRefused(full, 3, `${blocks} blocks`);
    assert.deepEqual(await readdir(folder), [], `${blocks} blocks`);
  }
  const child = spawn(binary, words, { stdio: "ignore" });
  await eventually(async () => (await readdir(data).catch(() => [])).length, "it has begun");
  child.kill("SIGKILL");
  await new Promise((resolve) => child.once("exit", resolve));
  const done = await run(binary, words);
  const killed = done.code === 0;
  assert.ok(killed || /this one has a register/.test(done.stderr), done.stderr);
  assert.equal((await run(binary, ["rebuild", "--check", "--data", data])).code, 0);
  await rm(path.join(data, "register.db"));
  const keys = await run(binary, words);
  assertRefused(keys, 1, "keys without a register");
  assert.match(keys.stderr, /GKC\.keys/);
  const open = path.join(folder, "open");
  await mkdir(open);
  await chmod(open, 0o777);
  assertRefused(await run(binary, at(open)), 1, "a folder that others write into");
  await chmod(open, 0o700);
  await symlink(path.join(folder, "elsewhere.db"), path.join(open, "register.db"));
  assertRefused(await run(binary, at(open)), 1, "a link in place of the register");
  const nowhere = await run(binary, at(path.join(folder, "no", "such")));
  assertRefused(nowhere, 3, "no such folder");
  await rm(folder, { recursive: true });
});

test("the first word of verbs is no verb, but known", async () => {
  const done = await run(binary, ["member"]);
  assertRefused(done, 2, "member");
  assert.match(done.stderr, /sangathan member --help/);
});
