// Receipts: the file at the card page, by the API and the terminal; what its code says to anybody.
import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import path from "node:path";
import { after, before, test } from "node:test";
import { person, Register, run } from "./harness.mjs";

let register, token, member, receipt;

before(async () => {
  register = await Register.make();
  await register.serve();
  token = await register.token("enroller", "--label", "Ramesh Kumar");
  member = await register.enrol(token, person({ name: "Asha Rasid", name_alt: "आशा रसीद" }));
  ({ receipt } = member);
});
after(() => register?.end());

const api = (target, with_token = token) => register.api("GET", target, { token: with_token });

async function text(pdf, name) {
  const file = path.join(register.dir, name);
  await writeFile(file, pdf);
  const { stdout, code } = await run("pdftotext", ["-layout", file, "-"]);
  assert.equal(code, 0);
  return { file, words: stdout };
}

async function scan(file) {
  await run("pdftoppm", ["-r", "150", "-png", "-singlefile", file, file]);
  const { stdout } = await run("zbarimg", ["--quiet", "--raw", `${file}.png`]);
  return stdout.trim();
}

test("a receipt is in both languages; its code leads to a page that names the payer", async () => {
  const file = await api(`/api/v1/members/${member.number}/receipt.pdf`);
  assert.equal(file.status, 200);
  assert.equal(file.type, "application/pdf");
  const { file: saved, words } = await text(file.body, "receipt.pdf");
  for (const wanted of [
    receipt, "Asha Rasid", "आशा रसीद", "Rupees eleven only", "ग्यारह रुपये मात्र", "₹11",
    "Ramesh Kumar", "Friends of the Library", "पुस्तकालय मित्र मंडल",
  ]) {
    assert.ok(words.includes(wanted), `${wanted} in ${words}`);
  }
  const address = await scan(saved);
  assert.ok(address.startsWith(`${register.origin.toUpperCase()}/R/GKC`), address);
  const answer = await fetch(address.replace(/^HTTP:/, "http:"), {
    headers: { "accept-language": "hi" } });
  assert.equal(answer.status, 200);
  assert.match(answer.headers.get("cache-control"), /no-store/);
  const page = await answer.text();
  for (const wanted of ["असली रसीद", "Genuine receipt", "Asha Rasid", "₹11", receipt]) {
    assert.ok(page.includes(wanted), wanted);
  }
});

test("a number alone names nobody; a wrong code is none of ours", async () => {
  const number = receipt.replaceAll("/", "%2F");
  const page = await register.visitor().get(`/R/${number}`);
  assert.ok(page.text.includes("Genuine receipt") && page.text.includes("₹11"), page.text);
  assert.ok(!page.text.includes("Asha"));
  const { json } = await register.api("GET", `/api/v1/receipts/${number}`);
  assert.deepEqual([json.state, json.amount_paise, json.name], ["valid", 1100, undefined]);
  const { receipts } = (await api(`/api/v1/members/${member.number}/receipts`)).json;
  assert.deepEqual(receipts.map((r) => [r.n, r.receipt, r.state]), [[0, receipt, "valid"]]);
  const code = receipts[0].check_code;
  const known = (await register.api("GET", `/api/v1/receipts/${code.toLowerCase()}`)).json;
  assert.equal(known.name, "Asha Rasid");
  const forged = code.replace(/.$/, (c) => (c === "Z" ? "Y" : "Z"));
  const lower = await register.visitor().get(`/r/${forged}`);
  assert.match(lower.text, /Not our receipt/);
  const says = async (code) => (await register.visitor().get(`/R/${code}`)).text;
  assert.match(await says("hello"), /Not a receipt number/);
  assert.match(await says("ABC2627B001R0001"), /another organisation/);
});

test("the card page offers it, to whoever has the address", async () => {
  const page = await register.visitor().get(new URL(member.card_url).pathname);
  const [, link] = page.text.match(/href="([^"]+\/receipt\.pdf\?n=0)"/);
  register.secrets.add(link.split("/")[2]);
  const file = await register.api("GET", link);
  assert.equal(file.status, 200);
  const name = receipt.replace("-", "").replace(/\/(\d{4})$/, "R$1").replaceAll("/", "");
  assert.ok(file.headers.get("content-disposition").includes(`${name}.pdf`), name);
  assert.match(file.headers.get("cache-control"), /no-store/);
  assert.equal((await register.api("GET", link.replace("n=0", "n=1"))).status, 404);
  const other = link.replace(/(?<=card\/)./, (c) => (c === "x" ? "y" : "x"));
  assert.equal((await register.api("GET", other)).status, 404);
  const stranger = await register.token("enroller", "--unit", "BR");
  for (const target of ["receipts", "receipt.pdf"]) {
    const answer = await api(`/api/v1/members/${member.number}/${target}`, stranger);
    assert.equal(answer.status, 404);
  }
});

test("the terminal writes it by the receipt's or the member's number", async () => {
  const out = path.join(register.dir, "mine.pdf");
  for (const number of [receipt, member.number, receipt.toLowerCase()]) {
    await register.cliWell("receipt", number, "-o", out);
    const { stdout } = await run("pdftotext", [out, "-"]);
    assert.ok(stdout.includes(receipt) && stdout.includes("Asha Rasid"));
  }
  const piped = await register.cliWith({ bytes: true }, "receipt", receipt);
  assert.equal(piped.stdout.subarray(0, 5).toString(), "%PDF-");
  const wrong = async (code, sentence, ...args) => {
    const done = await register.cli("receipt", ...args);
    assert.equal(done.code, code, done.stderr);
    assert.match(done.stderr, sentence);
    assert.equal(done.stderr.trim().split("\n").length, 1, done.stderr);
  };
  await wrong(1, /no receipt with this number/i, "GKC/26-27/B001/9999", "-o", out);
  await wrong(3, /could not be written/, receipt, "-o", path.join(out, "below"));
  assert.equal((await register.cli("receipt")).code, 2);
  assert.equal((await register.cli("receipt", "hello", "-o", out)).code, 1);
});

test("a refunded receipt says so, on the page and on the paper", async () => {
  const other = await register.enrol(token, person());
  await register.cliWell("payment return", other.number, "--from", "bank", "--reason", "Twice");
  const number = other.receipt.replaceAll("/", "%2F");
  const out = path.join(register.dir, "refunded.pdf");
  await register.cliWell("receipt", other.receipt, "-o", out);
  assert.match((await run("pdftotext", [out, "-"])).stdout, /Money returned · पैसा लौटाया गया/);
  const page = await register.visitor("hi").get(`/R/${number}`);
  assert.ok(page.text.includes("असली रसीद, पैसा लौटाया गया"), page.text);
  assert.ok(page.text.includes("Genuine, money returned"), page.text);
});

test("guessing at a receipt's code, or counting through numbers, slows down", async () => {
  const { receipts } = (await api(`/api/v1/members/${member.number}/receipts`)).json;
  const code = receipts[0].check_code.slice(0, -4);
  const ends = [];
  for (let i = 0; i < 40 && !ends.includes(429); i++) {
    ends.push((await register.api("GET", `/api/v1/receipts/${code}${1000 + i}`)).status);
  }
  assert.equal(ends.at(-1), 429);
  const counted = [];
  for (let i = 1; i < 40 && !counted.includes(429); i++) {
    counted.push((await register.api("GET", `/api/v1/receipts/GKC2627B001R${1000 + i}`)).status);
  }
  assert.equal(counted.at(-1), 429);
});
