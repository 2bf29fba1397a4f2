// What a hostile neighbour, or a dishonest enroller, tries: asking name by name who is a member,
// having codes sent for others' money, filling the register, holding a phone from its own card.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { indianDay, person, Register } from "./harness.mjs";
import { applicant } from "./paying.mjs";

let register, token;

before(async () => {
  register = await Register.make();
  await register.cliWell("payment way", "upi", "--vpa", "gkc@examplebank", "--payee", "Club");
  token = await register.token();
  await register.serve();
});
after(() => register?.end());

const post = (body, key, by = token) =>
  register.api("POST", "/api/v1/members", { token: by, key, body });

test("an enroller who may enrol nobody any more learns nothing of who is a member", async () => {
  const known = person(), unknown = person();
  await register.enrol(token, known);
  const until = indianDay(30);
  const little = await register.token();
  const id = (await register.cliWell("token list")).trim().split("\n").at(-1).match(/\d+/)[0];
  const caps = ["--cap", "1", "--cash", "5000", "--until", until];
  await register.cliWell("limits", "--enroller", id, ...caps);
  await register.enrol(little, person());
  const [a, b] = [await post(known, "a", little), await post(unknown, "b", little)];
  assert.deepEqual([a.status, b.status], [429, 429]);
  assert.equal(a.text, b.text);
});

test("asking name by name who is a member slows down", async () => {
  const known = person();
  await register.enrol(token, known);
  const ends = [];
  for (let i = 0; i < 40 && !ends.includes(429); i++)
    ends.push((await post(known, `ask-${i}`)).status);
  assert.equal(ends[0], 409);
  assert.equal(ends.at(-1), 429);
  assert.ok(ends.length > 20, "a camp's honest doubles are no attack");
  token = await register.token();
});

test("gathering the same orders again makes nothing", async () => {
  const [a, b] = [await applicant(register), await applicant(register)];
  const payer = register.visitor();
  const urls = [];
  for (let i = 0; i < 3; i++) {
    await payer.get("/pay-together");
    const orders = (i % 2 ? [a, b] : [b, a]).map((who) => `${register.origin}${who.pay}`);
    await payer.submit({ orders: orders.join("\n") });
    urls.push(payer.page.url);
  }
  register.secrets.add(new URL(urls[0]).pathname.split("/")[2]);
  assert.match(urls[0], /\/pay\//);
  assert.deepEqual(new Set(urls).size, 1);
});

test("codes for acts at cards are counted where they are asked for", async () => {
  let ends = 0;
  for (let i = 0; i < 40 && !ends; i++) {
    const made = await register.enrol(token, person());
    const path = new URL(made.card_url).pathname;
    register.secrets.add(path.split("/")[2]);
    for (const act of ["leave", "lost"]) {
      const visitor = register.visitor();
      await visitor.get(`${path}/code?act=${act}`);
      const { status } = await visitor.submit({ act }, { having: "act" });
      if (status === 429) ends = i;
    }
  }
  assert.ok(ends > 20, `${ends}`);
});

test("wrong signatures of a payment gateway slow down", async () => {
  const ends = [];
  for (let i = 0; i < 20 && !ends.includes(429); i++) {
    const { status } = await register.api("POST", "/hook/razorpay", {
      headers: { "x-razorpay-signature": "0".repeat(64) }, body: { event: "payment.captured" } });
    ends.push(status);
  }
  assert.deepEqual([ends[0], ends.at(-1)], [403, 429]);
});

test("figures for Prometheus come to an administrator's token", async () => {
  const admin = await register.token("admin");
  const figures = await register.api("GET", "/api/v1/metrics", { token: admin });
  assert.equal(figures.status, 200);
  assert.match(figures.text, /^# TYPE/m);
  assert.equal((await register.api("GET", "/api/v1/metrics", { token })).status, 403);
  assert.equal((await register.api("GET", "/api/v1/metrics")).status, 401);
});

test("figures come to this machine without more, but not to whom a proxy brings", async () => {
  assert.equal((await register.api("GET", "/metrics")).status, 200);
  await register.stop();
  await register.serve("--trusted-proxy");
  assert.equal((await register.api("GET", "/metrics")).status, 404);
  const forwarded = { "x-forwarded-for": "203.0.113.9" };
  assert.equal((await register.api("GET", "/metrics", { headers: forwarded })).status, 404);
  const admin = await register.token("admin");
  assert.equal((await register.api("GET", "/api/v1/metrics", { token: admin })).status, 200);
});
