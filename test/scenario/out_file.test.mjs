// Where verbs write: files, what links lead to, pipes and devices; nothing half is left when
// something goes wrong or the user stops it.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { createReadStream } from "node:fs";
import {
  chmod, lstat, mkdir, readFile, readdir, readlink, rm, stat, symlink, writeFile,
} from "node:fs/promises";
import path from "node:path";
import { after, before, test } from "node:test";
import { binary, eventually, Register, run } from "./harness.mjs";

let register;
let number;
let folder;

before(async () => {
  register = await Register.make({ members: 60 });
  const list = await register.cliWell("member list", "--unit", "IN", "--csv");
  [, number] = list.match(/^(GKC-[\d-]+),.*,(?:confirmed|provisional),/m);
  folder = path.join(register.dir, "out");
  await mkdir(folder);
});
after(() => register?.end());

const isPdf = (bytes) =>
  bytes.subarray(0, 5).toString() === "%PDF-" && /%%EOF\s*$/.test(bytes.subarray(-16).toString());
const isBook = (bytes) => bytes.subarray(0, 2).toString() === "PK";

// Every verb with -o, what of it, and how its file is known.
const writers = () => [
  ["card sheet", ["--unit", "IN"], isPdf],
  ["card", [number, "--format", "pdf"], isPdf],
  ["ledger year", [], isBook],
];

test("a link stays a link, and what it leads to is written", async () => {
  for (const [verb, args, good] of writers()) {
    const name = `${verb.replace(" ", "-")}.xlsx`.replace(/card.*xlsx/, "card.pdf");
    const target = path.join(folder, `real-${name}`);
    const link = path.join(folder, name);
    await symlink(`real-${name}`, link); // leads nowhere yet
    for (const round of ["new", "old"]) {
      await register.cliWell(verb, ...args, "-o", link);
      assert.ok((await lstat(link)).isSymbolicLink(), `${verb} ${round}`);
      assert.equal(await readlink(link), `real-${name}`, `${verb} ${round}`);
      assert.ok((await lstat(target)).isFile(), `${verb} ${round}`);
      assert.ok(good(await readFile(target)), `${verb} ${round}`);
    }
    await rm(link);
    await rm(target);
  }
  assert.deepEqual(await readdir(folder), []);
});

test("a pipe is written into and stays one", async () => {
  for (const [verb, args, good] of writers()) {
    const pipe = path.join(folder, verb.startsWith("ledger") ? "pipe.xlsx" : "pipe.pdf");
    assert.equal((await run("mkfifo", [pipe])).code, 0);
    const read = (async () => {
      const parts = [];
      for await (const part of createReadStream(pipe)) parts.push(part);
      return Buffer.concat(parts);
    })();
    await register.cliWell(verb, ...args, "--out", pipe);
    assert.ok(good(await read), verb);
    assert.ok((await stat(pipe)).isFIFO(), verb);
    await rm(pipe);
  }
});

test("to /dev/stdout goes the file and nothing else", async () => {
  for (const [verb, args, good] of writers().slice(0, 2)) {
    const words = [...verb.split(" "), "--data", register.data, ...args, "-o", "/dev/stdout"];
    const piped = await run(binary, words, { bytes: true });
    assert.equal(piped.code, 0, piped.stderr);
    assert.ok(good(piped.stdout), `${verb} into a pipe`);
    const file = path.join(folder, "redirected.pdf");
    const shell = await run("bash", ["-c", `"$0" "$@" > "${file}"`, binary, ...words]);
    assert.equal(shell.code, 0, shell.stderr);
    assert.ok(good(await readFile(file)), `${verb} into a file`);
    await rm(file);
  }
});

test("a device that takes nothing is said, and stays", async () => {
  for (const [verb, args] of writers().slice(0, 2)) {
    const done = await register.cli(verb, ...args, "-o", "/dev/full");
    assert.equal(done.code, 3, verb);
    assert.match(done.stderr, /\/dev\/full could not be written/, verb);
    assert.ok((await stat("/dev/full")).isCharacterDevice(), verb);
  }
});

test("what was there stays until the new one is whole", async () => {
  const old = path.join(folder, "cards.pdf");
  await writeFile(old, "the old one");
  const refused = await register.cli("card sheet", "--numbers", "/dev/null", "-o", old);
  assert.equal(refused.code, 1, refused.stderr);
  for (const [verb, args] of writers().slice(0, 2)) {
    const words = [...verb.split(" "), "--data", register.data, ...args, "-o", old];
    const full = await run("bash", ["-c", `ulimit -f 4; exec "$0" "$@"`, binary, ...words]);
    assert.equal(full.code, 3, `${verb}: ${full.stderr}`);
  }
  assert.equal(await readFile(old, "utf8"), "the old one");
  assert.deepEqual(await readdir(folder), ["cards.pdf"]);
  const asFolder = await register.cli("card sheet", "--unit", "IN", "-o", folder);
  assert.equal(asFolder.code, 3, asFolder.stderr);
  assert.equal((await register.cli("card sheet", "--unit", "IN", "-o", old)).code, 0);
  assert.ok(isPdf(await readFile(old)));
  await rm(old);
});

test("a list that names a wrong number says in which line", async () => {
  const list = path.join(register.dir, "numbers.txt");
  await writeFile(list, `${number}\n\nGKC-000-0000-0001\n`);
  const out = path.join(folder, "cards.pdf");
  const done = await register.cli("card sheet", "--numbers", list, "-o", out);
  assert.equal(done.code, 1, done.stderr);
  assert.match(done.stderr, /^sangathan: \S*numbers\.txt:3: .+\n$/);
  assert.deepEqual(await readdir(folder), []);
});

test("Ctrl-C ends a sheet, a load and an import with 130, and nothing is half", async () => {
  const own = await Register.make();
  const units = path.join(own.dir, "units.csv");
  const rows = ["code,kind,parent,name_en,name_hi"];
  for (let i = 0; i < 200_000; i += 1) rows.push(`UPT-${i},district,UP,District ${i},ज़िला ${i}`);
  await writeFile(units, rows.join("\n"));
  const stopped = async (lang, verb, ...args) => {
    const child = spawn(binary, [...verb.split(" "), "--data", own.data, ...args], {
      env: { ...process.env, SANGATHAN_LANG: lang }, stdio: ["ignore", "pipe", "pipe"],
    });
    let said = "";
    child.stderr.on("data", (part) => {
      said += part;
    });
    let over = false;
    child.once("close", () => (over = true));
    await eventually(() => over || said.includes("%"), `${verb} shows how far it is`, 120_000);
    assert.ok(!over, `${verb} was over before it could be stopped: ${said}`);
    child.kill("SIGINT");
    const code = await new Promise((resolve) => child.once("close", resolve));
    assert.equal(code, 130, `${verb}: ${said}`);
    return said;
  };
  assert.match(await stopped("hi", "demo", "--members", "90000"), /^सदस्य {2}[^]*बीच में रोका गया/);
  assert.match(await stopped("en", "unit import", units), /^Units {2}[^]*stopped before the end/);
  const sheets = path.join(own.dir, "sheets");
  await mkdir(sheets);
  const said = await stopped("hi", "card sheet", "--unit", "IN", "-o", path.join(sheets, "a.pdf"));
  assert.match(said, /^कार्ड {2}[^]*बीच में रोका गया/);
  assert.deepEqual(await readdir(sheets), []);
  await own.end();
});
