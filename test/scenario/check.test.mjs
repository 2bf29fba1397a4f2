// Checking a card, by everybody's software: the program's own answer in every state, and the signed
// code from the printed page by libraries that nobody here wrote.
import assert from "node:assert/strict";
import { createPublicKey, verify as verifySignature } from "node:crypto";
import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { after, before, test } from "node:test";
import { inflateSync, deflateSync } from "node:zlib";
import { Sign1 } from "@auth0/cose";
import base45 from "base45";
import { answerOf, eventually, person, Register, run } from "./harness.mjs";

let register;
let token;

before(async () => {
  register = await Register.make();
  token = await register.token("admin");
  await register.serve();
});
after(() => register?.end());

const verdict = async (code) => {
  const answer = await register.api("GET", `/api/v1/check/${encodeURIComponent(code)}`);
  assert.equal(answer.status, 200, answer.text);
  return answer.json;
};

test("a receipt's number, typed where cards are checked, leads to the receipt", async () => {
  const made = await register.enrol(token, person());
  const visitor = register.visitor("en");
  for (const typed of [made.receipt, made.receipt.toLowerCase()]) {
    await visitor.get("/check");
    await visitor.submit({ code: typed });
    assert.match(visitor.page.url, /\/R\//);
    assert.match(visitor.page.text, /Genuine receipt/);
  }
});

test("valid: by check code with the person, by number alone without", async () => {
  const body = person();
  const made = await register.enrol(token, body);
  const byTag = await verdict(made.check_code);
  assert.equal(byTag.verdict, "valid");
  assert.equal(byTag.name, body.name);
  const byNumber = await verdict(made.number);
  assert.equal(byNumber.verdict, "valid");
  assert.ok(!JSON.stringify(byNumber).includes(body.name));
  const lower = await verdict(made.check_code.toLowerCase());
  assert.equal(lower.verdict, "valid");
});

test("unknown numbers, wrong digits, wrong tags, other codes", async () => {
  const made = await register.enrol(token, person());
  const digits = made.number.slice(4).replaceAll("-", "");
  const wrongDigit = digits.slice(0, 10) + ((Number(digits[10]) + 1) % 10);
  assert.equal((await verdict(`GKC${wrongDigit}`)).verdict, "wrong_digit");
  const last = made.check_code.at(-1);
  const wrongTag = made.check_code.slice(0, -1) + (last === "7" ? "8" : "7");
  const wrong = await verdict(wrongTag);
  assert.equal(wrong.verdict, "wrong_tag");
  assert.equal(wrong.name, undefined);
  assert.equal((await verdict("hello")).verdict, "not_a_code");
  assert.equal((await verdict(`ABC${digits}`)).verdict, "other_organisation");
});

test("a mistyped number is put back to be corrected, any other words are not", async () => {
  const made = await register.enrol(token, person());
  const mistyped = made.number.slice(0, -1) + ((Number(made.number.at(-1)) + 1) % 10);
  const again = await answerOf(await fetch(`${register.origin}/V/${mistyped}`));
  assert.match(again.text, new RegExp(`<input[^>]* value="${mistyped}"`));
  const words = await answerOf(await fetch(`${register.origin}/V/CALL-MY-NUMBER`));
  assert.match(words.text, /<input[^>]* name="code"/);
  assert.doesNotMatch(words.text, /<input[^>]* value="CALL/);
});

test("wrong tags slow down the guessing at one number, and nobody who checks others", async () => {
  const made = await register.enrol(token, person());
  const other = await register.enrol(token, person());
  const stem = made.check_code.slice(0, -4);
  let status = 200;
  for (let i = 0; i < 20; i++) {
    const guess = `${stem}${String(i).padStart(4, "0")}`;
    status = (await register.api("GET", `/api/v1/check/${guess}`)).status;
  }
  assert.equal(status, 429);
  assert.equal((await register.visitor("en").get(`/V/${stem}0099`)).status, 429);
  assert.equal((await verdict(other.check_code)).verdict, "valid");
  assert.equal((await verdict(made.number)).verdict, "valid");
});

test("trying numbers is slowed down on the page as well", async () => {
  const visitor = register.visitor("en");
  let status = 200;
  // the last digit of 10 (Damm) is among the ten that are tried: one in ten is a number
  for (let i = 0; i < 400 && status === 200; i++)
    status = (await visitor.get(`/V/GKC-123-4567-${String(i).padStart(4, "0")}`)).status;
  assert.equal(status, 429);
  const made = await register.enrol(token, person());
  assert.equal((await verdict(made.check_code)).verdict, "valid");
});

test("an empty field is told at the field", async () => {
  const empty = await answerOf(await fetch(`${register.origin}/check?asked=1&code=`));
  assert.equal(empty.status, 422);
  assert.match(empty.text, /id="code-error"/);
  const fresh = await answerOf(await fetch(`${register.origin}/check`));
  assert.equal(fresh.status, 200);
  assert.doesNotMatch(fresh.text, /id="code-error"/);
});

test("a code too long to be led to its page is refused", async () => {
  const answer = await register.api("GET", `/check?code=${".".repeat(2100)}`);
  assert.equal(answer.status, 422);
});

test("ended: only that, never why", async () => {
  const body = person();
  const made = await register.enrol(token, body);
  await register.cliWell("member end", made.number, "--reason", "moved abroad");
  const ended = await eventually(async () => {
    const now = await verdict(made.check_code);
    return now.verdict === "ended" && now;
  }, "the end is seen");
  const text = JSON.stringify(ended);
  assert.ok(!text.includes("abroad") && !text.includes(body.name), text);
});

test("the page says it in both languages, and tells who asks to trust it", async () => {
  const made = await register.enrol(token, person());
  for (const lang of ["hi", "en"]) {
    const page = await register.visitor(lang).get(`/V/${made.check_code}`);
    assert.equal(page.status, 200);
    assert.match(page.text, new RegExp(`<html[^>]* lang="${lang}`));
    assert.ok(page.text.includes(made.number));
    assert.ok(page.text.includes(`127.0.0.1:${register.port}`));
    const other = made.check_code.endsWith("7") ? "8" : "7";
    const unknown = await register
      .visitor(lang)
      .get(`/V/${made.check_code.slice(0, -1)}${other}`);
    assert.ok(!unknown.text.includes("Testkar"));
  }
});

// The texts of all QR codes on a page of the PDF, read by zbar.
async function codesOf(pdf, dpi, ...how) {
  const file = path.join(register.dir, `card-${Math.random()}`);
  await writeFile(`${file}.pdf`, pdf);
  const drawn = await run("pdftoppm", ["-r", String(dpi), ...how, "-png", `${file}.pdf`, file]);
  assert.equal(drawn.code, 0, drawn.stderr);
  const texts = [];
  for (const side of ["1", "2"]) {
    const read = await run("zbarimg", [
      "-q",
      "--raw",
      "-Sdisable",
      "-Sqrcode.enable",
      `${file}-${side}.png`,
    ]);
    if (read.code === 0) texts.push(...read.stdout.trim().split("\n"));
  }
  return texts;
}

async function cardPdf(made) {
  const file = path.join(register.dir, `${made.number}.pdf`);
  await register.cliWell("card", made.number, "--format", "pdf", "-o", file);
  return readFile(file);
}

async function jwks() {
  const answer = await register.api("GET", "/.well-known/jwks.json");
  assert.equal(answer.status, 200);
  return answer.json.keys;
}

test("both codes of the printed card are read from 200 dpi in black and white", async () => {
  const made = await register.enrol(token, person({ name_alt: "ज्ञानेश्वर श्रीवास्तव" }));
  const texts = await codesOf(await cardPdf(made), 200, "-mono");
  assert.ok(
    texts.includes(`HTTP://127.0.0.1:${register.port}/V/${made.check_code}`),
    texts.join("\n"),
  );
  assert.ok(
    texts.some((t) => t.length > 200),
    texts.join("\n"),
  );
});

test("the PDF's text can be selected and is right", async () => {
  const name_alt = "ज्ञानेश्वर श्रीवास्तव";
  const body = person({ name_alt });
  const made = await register.enrol(token, body);
  const file = path.join(register.dir, "text.pdf");
  await register.cliWell("card", made.number, "--format", "pdf", "-o", file);
  const { stdout } = await run("pdftotext", ["-layout", file, "-"]);
  assert.ok(stdout.includes(body.name), stdout);
  assert.ok(stdout.normalize("NFC").includes(name_alt), stdout);
  assert.ok(stdout.includes(made.number), stdout);
});

test("the signed code verifies with others' software, and tampered ones do not", async () => {
  const body = person({ name_alt: "लक्ष्मी" });
  const made = await register.enrol(token, body);
  const texts = await codesOf(await cardPdf(made), 300);
  const text = texts.find((t) => !t.startsWith("HTTP"));
  const cose = inflateSync(base45.decode(text));
  const keys = await jwks();
  const sign1 = Sign1.decode(cose);
  const kid = Buffer.from(sign1.protectedHeaders.get(4)).toString("base64url");
  const jwk = keys.find((k) => k.kid === kid);
  assert.ok(jwk, `no key ${kid}`);
  const key = createPublicKey({ key: jwk, format: "jwk" });
  await sign1.verify(key);

  // Once more without any COSE library, by the bytes that RFC 9052 says are signed.
  const tbs = Buffer.concat([
    Buffer.from([0x84, 0x6a]),
    Buffer.from("Signature1"),
    bstr(sign1.encodedProtectedHeaders),
    Buffer.from([0x40]),
    bstr(sign1.payload),
  ]);
  assert.ok(verifySignature(null, tbs, key, sign1.signature));

  const forged = Buffer.from(cose);
  const at = forged.indexOf(body.name);
  assert.ok(at > 0, "the name stands in the code");
  forged[at] ^= 1;
  await assert.rejects(Sign1.decode(forged).verify(key));
  assert.equal((await verdict(text)).verdict, "valid");
  assert.equal((await verdict(base45.encode(deflateSync(forged)))).verdict, "forged");
});

function bstr(bytes) {
  const head =
    bytes.length < 24
      ? [0x40 + bytes.length]
      : bytes.length < 256
        ? [0x58, bytes.length]
        : [0x59, bytes.length >> 8, bytes.length & 255];
  return Buffer.concat([Buffer.from(head), bytes]);
}

test("the terminal checks the same codes and a picture of one", async () => {
  const made = await register.enrol(token, person());
  for (const code of [made.number, made.check_code, made.signed_code]) {
    const done = await register.cli("check", code);
    assert.equal(done.code, 0, done.stderr);
  }
  const forged = await register.cli("check", `${made.check_code.slice(0, -4)}0000`);
  assert.equal(forged.code, 1);
  const file = path.join(register.dir, "back.png");
  await register.cliWell("card", made.number, "--format", "png", "--side", "back", "-o", file);
  const picture = await register.cli("check", `@${file}`);
  assert.equal(picture.code, 0, picture.stderr);
});
