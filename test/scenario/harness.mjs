// A fresh register with the real program on it: what every scenario and browser test stands on.
// Ending it is part of the test: the server must stop by itself, the counts must agree with the
// register, the sanitizers must have said nothing, and the log must name nobody.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import net from "node:net";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { gunzipSync } from "node:zlib";
import { ApiDocument } from "./document.mjs";
import { Visitor } from "./visitor.mjs";

export const top = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../..");
export const binary = path.resolve(top, process.env.SANGATHAN_BIN ?? "build-test/sangathan");
const sanitizerSpoke = /AddressSanitizer|LeakSanitizer|ThreadSanitizer|runtime error:/;
const startMs = 60_000;

// As script/test sets them; here for who runs one file alone.
process.env.ASAN_OPTIONS ??= "detect_leaks=1";
process.env.UBSAN_OPTIONS ??= "halt_on_error=1:print_stacktrace=1";
process.env.LSAN_OPTIONS ??= `suppressions=${top}/test/leaks.supp:print_suppressions=0`;

// The tests' clock stands at noon in India when they begin, so that today stays today, or where
// SANGATHAN_TEST_NOW says ("2027-03-31T23:59:00+05:30"); demo registers get the same.
const RealDate = Date;
let shiftMs;

function shiftClock(ms) {
  shiftMs = ms;
  globalThis.Date = class extends RealDate {
    constructor(...given) {
      super(...(given.length ? given : [RealDate.now() + shiftMs]));
    }

    static now() {
      return RealDate.now() + shiftMs;
    }
  };
}

const indianMs = 19_800_000;
const dayMs = 86_400_000;
const wanted = process.env.SANGATHAN_TEST_NOW;
const sinceMidnightMs = (RealDate.now() + indianMs) % dayMs;
const toNowMs = wanted ? RealDate.parse(wanted) - RealDate.now() : dayMs / 2 - sinceMidnightMs;
shiftClock(Math.round(toNowMs / 1000) * 1000);

// For files whose registers are no demo: such a register's clock is the machine's.
export function useRealClock() {
  shiftClock(0);
}

// The day in India, as registers and their users write days, some days on; "2026-11-28".
export const indianDay = (days = 0) =>
  new Date(Date.now() + indianMs + days * dayMs).toISOString().slice(0, 10);
export const indianYear = () => Number(indianDay().slice(0, 4));
// As banks write it: "28/11/2026".
export const bankDay = (days) => indianDay(days).split("-").reverse().join("/");

// What a test did today must be of today when it looks: by the machine's clock none begins just
// before midnight in India.
async function passMidnight() {
  const leftMs = dayMs - ((Date.now() + indianMs) % dayMs);
  if (shiftMs === 0 && leftMs < 300_000) await sleep(leftMs + 1_000);
}

export const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

// Tries again until check() gives something true; what it gave is returned.
export async function eventually(check, what, withinMs = 20_000) {
  const until = Date.now() + withinMs;
  for (;;) {
    const got = await check();
    if (got) return got;
    assert.ok(Date.now() < until, `not within ${withinMs} ms: ${what}`);
    await sleep(50);
  }
}

// A port that stays ours while the server is down between two starts: below those that the system
// gives to anybody, and held against other tests by a file.
const portFiles = path.join(os.tmpdir(), "sangathan-test-ports");
const [firstPort, portCount] = [20_000, 12_000];

const isFree = (port) =>
  new Promise((resolve) => {
    const server = net.createServer();
    server.on("error", () => resolve(false));
    server.listen(port, "127.0.0.1", () => server.close(() => resolve(true)));
  });

async function isLeft(file) {
  const owner = Number(await readFile(file, "utf8").catch(() => ""));
  if (!owner) return false; // just being written, or gone already
  try {
    process.kill(owner, 0);
  } catch {
    return true;
  }
  return false;
}

export async function claimPort() {
  await mkdir(portFiles, { recursive: true });
  for (;;) {
    const port = firstPort + Math.floor(Math.random() * portCount);
    const file = path.join(portFiles, String(port));
    const release = () => rm(file, { force: true });
    try {
      await writeFile(file, String(process.pid), { flag: "wx" });
    } catch {
      if (await isLeft(file)) await release();
      continue;
    }
    if (await isFree(port)) return { port, release };
    await release();
  }
}

// Runs a program to its end: {code, signal, stdout, stderr}; stdout as bytes when asked.
export async function run(program, args, { input, env, bytes = false, timeoutMs = 120_000 } = {}) {
  const child = spawn(program, args, { env: { ...process.env, ...env } });
  const out = [];
  const err = [];
  child.stdout.on("data", (part) => out.push(part));
  child.stderr.on("data", (part) => err.push(part));
  child.stdin.on("error", () => {});
  child.stdin.end(input ?? "");
  const timer = setTimeout(() => child.kill("SIGKILL"), timeoutMs);
  const [code, signal] = await new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (...ends) => resolve(ends));
  }).finally(() => clearTimeout(timer));
  const stdout = Buffer.concat(out);
  const stderr = Buffer.concat(err).toString();
  return { code, signal, stdout: bytes ? stdout : stdout.toString(), stderr };
}

// Shipped reference data, by rows: [{column: value}].
export async function shipped(file, separator = ",") {
  let raw = await readFile(path.join(top, "data", file));
  if (file.endsWith(".gz")) raw = gunzipSync(raw);
  const [head, ...rows] = raw
    .toString()
    .trim()
    .split("\n")
    .map((row) => row.split(separator));
  return rows.map((row) => Object.fromEntries(head.map((name, i) => [name, row[i]])));
}

// The route table as the program prints it: [{method, path, kind, face, needs, summary}].
export async function routeTable() {
  const { stdout } = await run(binary, ["routes"]);
  const rows = [...stdout.matchAll(/^(GET|POST)\s+(\/\S*)\s+(\w+)\s+(\w+)\s+(\S+)\s+(.+)$/gm)];
  assert.ok(rows.length >= 10, stdout);
  return rows.map(([, method, path, kind, face, needs, summary]) => ({
    method,
    path,
    kind,
    face,
    needs,
    summary,
  }));
}

// The API as the program describes it, read once.
let described;
export function apiDocument() {
  described ??= run(binary, ["openapi"]).then(({ stdout }) => new ApiDocument(JSON.parse(stdout)));
  return described;
}

// What an answer looks like to a test: status, headers, text, and json when it is any.
export async function answerOf(response) {
  const body = Buffer.from(await response.arrayBuffer());
  const text = body.toString();
  const type = response.headers.get("content-type") ?? "";
  const json = /json/.test(type) && text ? JSON.parse(text) : undefined;
  return { status: response.status, headers: response.headers, type, body, text, json };
}

export class Register {
  // options: preset, fee, demo, code, members (synthetic ones), args (more for init)
  static async make(options = {}) {
    const register = new Register();
    await passMidnight();
    register.dir = await mkdtemp(path.join(os.tmpdir(), "sangathan-test-"));
    register.data = path.join(register.dir, "data");
    register.claimed = await claimPort();
    register.port = register.claimed.port;
    register.origin = `http://127.0.0.1:${register.port}`;
    register.code = options.code ?? "GKC";
    register.secrets = new Set(); // what no log may ever say
    register.log = "";
    register.clockOffset = 0; // seconds; demo registers only
    const { preset = "community", fee = "11.00", demo = true } = options;
    register.demo = demo;
    await register.cliWell(
      "init",
      "--code",
      register.code,
      "--name",
      "Friends of the Library",
      "--name-hi",
      "पुस्तकालय मित्र मंडल",
      "--preset",
      preset,
      "--fee",
      fee,
      "--base-url",
      register.origin,
      ...(demo ? ["--demo"] : []),
      ...(options.args ?? []),
    );
    if (options.members) {
      await register.cliWell("demo", "--members", String(options.members), "--seed", "7");
    }
    return register;
  }

  // One verb in the terminal, in English unless env says otherwise; --data is put behind the verb.
  async cli(verb, ...args) {
    return this.cliWith({}, verb, ...args);
  }

  async cliWith(options, verb, ...args) {
    const words = verb.split(" ");
    const env = { LANG: "en_IN.UTF-8", LC_ALL: "", LANGUAGE: "", ...this.clockEnv(),
      ...options.env };
    const done = await run(binary, [...words, "--data", this.data, ...args], { ...options, env });
    assert.doesNotMatch(done.stderr, sanitizerSpoke);
    assert.equal(done.signal, null, `${verb} ended by ${done.signal}: ${done.stderr}`);
    return done;
  }

  async cliWell(verb, ...args) {
    const done = await this.cli(verb, ...args);
    assert.equal(done.code, 0, `${verb} ${args.join(" ")}: ${done.stdout}${done.stderr}`);
    return done.stdout;
  }

  async token(role = "enroller", ...args) {
    const out = await this.cliWell("token create", "--role", role, ...args);
    const found = out.match(/\b[0-9A-Za-z]{32}\b/);
    assert.ok(found, `no token in: ${out}`);
    this.keepSilent(found[0]);
    return found[0];
  }

  async serve(...args) {
    assert.equal(this.server, undefined, "serves already");
    const listen = `127.0.0.1:${this.port}`;
    const server = spawn(binary,
      ["serve", "--data", this.data, "--listen", listen, "--verbose", ...args], {
      stdio: ["ignore", "pipe", "pipe"],
      env: { ...process.env, LANG: "en_IN.UTF-8", ...this.clockEnv() },
    });
    const keep = (part) => {
      this.log += part;
    };
    server.stdout.on("data", keep);
    server.stderr.on("data", keep);
    const ended = new Promise((resolve) =>
      server.on("close", (code, signal) => {
        server.over = true;
        resolve({ code, signal });
      }),
    );
    this.server = { process: server, ended };
    await eventually(
      async () => {
        assert.ok(!server.over, `the server ended: ${this.log}`);
        return fetch(`${this.origin}/robots.txt`)
          .then((r) => r.arrayBuffer())
          .then(
            () => true,
            () => false,
          );
      },
      "the server answers",
      startMs,
    );
    return this;
  }

  // Stops the server as an operator does and looks that it stopped well.
  async stop() {
    const { process: server, ended } = this.server;
    server.kill("SIGTERM");
    const timer = setTimeout(() => server.kill("SIGKILL"), startMs);
    const { code, signal } = await ended;
    clearTimeout(timer);
    this.server = undefined;
    assert.doesNotMatch(this.log, sanitizerSpoke, this.log);
    assert.deepEqual({ code, signal }, { code: 0, signal: null }, this.log.slice(-4000));
  }

  // The year in India by this register's own clock, which may not be the tests'.
  year() {
    const ms = RealDate.now() + (this.demo ? shiftMs : 0) + this.clockOffset * 1000 + indianMs;
    return new RealDate(ms).getUTCFullYear();
  }

  clockEnv() {
    const shift = this.demo ? shiftMs / 1000 : 0;
    return { SANGATHAN_CLOCK_OFFSET_S: String(shift + this.clockOffset) };
  }

  // The server ends, and begins again so many days later.
  async daysLater(days) {
    await this.stop();
    this.clockOffset += days * 86400;
    await this.serve();
  }

  // Ends it without a chance to write anything.
  async crash() {
    const { process: server, ended } = this.server;
    server.kill("SIGKILL");
    await ended;
    this.server = undefined;
  }

  // What no log may say from now on; words too short to be told from others are left out.
  keepSilent(...values) {
    for (const value of values.flat()) {
      if (typeof value !== "string" || value.length < 6) continue;
      this.secrets.add(value);
      const digits = value.replace(/\D/g, "");
      if (digits.length >= 10 && digits.length <= 15) this.secrets.add(digits.slice(-10));
    }
  }

  // The log has a line for every request, and in none of them, nor in any other, is a name, a
  // phone, a token or an address that is somebody's own.
  assertLogSilent() {
    if (!this.log) return;
    assert.match(this.log, / debug request GET \/\S* \d{3} /, "the log has no requests");
    const said = this.log.replaceAll(/ \d{3} \d+ ms \d+ bytes/g, ""); // may look like a code
    for (const secret of this.secrets) {
      if (secret.length < 4) continue;
      for (const form of new Set([secret, encodeURIComponent(secret)])) {
        assert.ok(!said.includes(form), `the log says ${form}`);
      }
    }
    assert.doesNotMatch(said, /(?<!\d)[6-9]\d{9}(?!\d)/, "the log says a phone's number");
    assert.doesNotMatch(said, /\/(card|pay|V|R|m|i)\/[^{\s]/, "the log says a private path");
  }

  // To be called after the last test of a file.
  async end() {
    try {
      if (this.server) await this.stop();
      this.assertLogSilent();
      const checked = await this.cli("rebuild", "--check");
      assert.equal(checked.code, 0, `rebuild --check: ${checked.stdout}${checked.stderr}`);
    } finally {
      this.server?.process.kill("SIGKILL");
      await this.claimed.release();
      await rm(this.dir, { recursive: true, force: true });
    }
  }

  // options: token, key (Idempotency-Key), body (object: JSON; else as it is), headers. The answer
  // must be as the document describes it; operation is its name there.
  async api(method, target, { token, key, body, headers = {} } = {}) {
    const all = { accept: "application/json", ...headers };
    if (token) all.authorization = `Bearer ${token}`;
    if (key) all["idempotency-key"] = key;
    let content = body;
    if (body !== undefined && typeof body !== "string" && !(body instanceof Uint8Array)) {
      content = JSON.stringify(body);
    }
    if (content !== undefined) all["content-type"] ??= "application/json";
    this.keepSilent(token, key, personalIn(body));
    const answer = await answerOf(
      await fetch(this.origin + target, {
        method,
        headers: all,
        body: content,
        redirect: "manual",
      }),
    );
    const document = await apiDocument();
    return { ...answer, operation: document.check(method, target, answer) };
  }

  // Enrols somebody by the API: the answer must be 201 unless expected says otherwise.
  async enrol(token, body, { key = `key-${Math.random()}`, expected = 201 } = {}) {
    const answer = await this.api("POST", "/api/v1/members", { token, key, body });
    assert.equal(answer.status, expected, answer.text);
    return answer.json;
  }

  visitor(lang) {
    return new Visitor(this, lang);
  }

  // Sends bytes as they are and gives all that comes back until the other side closes or waitMs.
  async raw(bytes, { waitMs = 5_000, parts = [], pauseMs = 0 } = {}) {
    const socket = net.connect(this.port, "127.0.0.1");
    let got = Buffer.alloc(0);
    const closed = new Promise((resolve) => {
      socket.on("data", (part) => {
        got = Buffer.concat([got, part]);
      });
      socket.on("close", () => resolve(true));
      socket.on("error", () => {});
    });
    socket.write(bytes);
    for (const part of parts) {
      await sleep(pauseMs);
      if (!socket.destroyed) socket.write(part);
    }
    const wasClosed = await Promise.race([closed, sleep(waitMs).then(() => false)]);
    socket.destroy();
    return { text: got.toString("latin1"), closed: wasClosed };
  }
}

// What of a form or an API's body nobody else may read.
const personal = ["name", "name_alt", "phone", "guardian_name", "guardian_phone", "utr", "key",
  "csrf", "ticket", "appeal", "town"];
export const personalIn = (body) =>
  body && typeof body === "object" ? personal.map((name) => body[name]) : [];

// A person for the API whose particulars nobody else has.
let people = 0;
export function person(changes = {}) {
  people += 1;
  const digits = String(900000000 + (process.pid % 9000) * 10000 + people);
  return {
    name: `Asha Testkar ${letters(people)}`,
    phone: `9${digits.slice(-9)}`,
    phone_of: "self",
    unit: "UP",
    settlement: "rural",
    gender: "f",
    birth_year: 1985,
    consent: { notice: "1", at: Math.floor(Date.now() / 1000) - 5 },
    fee: { method: "cash", amount_paise: 1100 },
    ...changes,
  };
}

function letters(n) {
  let word = "";
  for (; n > 0; n = Math.floor(n / 26)) word += String.fromCharCode(97 + (n % 26));
  return word;
}
