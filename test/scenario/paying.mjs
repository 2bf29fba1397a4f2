// What the tests of paying share: somebody who has joined up to the fee, the gateway's signed
// events, and a gateway that makes payment links, well or badly.
import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import http from "node:http";
import { person } from "./harness.mjs";

export const webhookSecret = "whsec-for-scenarios-0123456789";
export const keySecret = "key-secret-for-scenarios-01234";

export const hmac = (secret, text) => createHmac("sha256", secret).update(text).digest("hex");

// Somebody who has joined up to the fee (visitor), somebody else at the order's own page (other),
// its path and reference.
export async function applicant(register, lang = "en") {
  const visitor = register.visitor(lang);
  const { name, phone } = person();
  for (const s of [name, phone]) register.secrets.add(s);
  await visitor.get("/join");
  await visitor.submit(
    { name, phone, phone_of: "self", place: "226001", settlement: "urban", gender: "f",
      birth_year: "1984" },
    { having: "name" });
  await visitor.submit({ name, name_alt: "", agreed: "1" }, { having: "agreed" });
  const [, code] = visitor.page.text.match(/demo-code[^>]*>\s*(\d{6})\s*</);
  await visitor.submit({ code });
  assert.match(visitor.page.url, /\/join\/pay$/);
  const [, pay] = visitor.page.text.match(/href="(\/pay\/[0-9a-z]+)"/);
  register.secrets.add(pay.split("/")[2]);
  const other = register.visitor(lang);
  const page = await other.get(pay);
  const [, reference] = page.text.match(/[?&;]tr=([A-Z0-9]+)/);
  return { visitor, other, pay, reference, name, phone };
}

let payments = 0;
export function payment(reference, changes = {}) {
  payments += 1;
  return {
    id: `pay_${process.pid}x${payments}`, amount: 1100, currency: "INR",
    status: "captured", captured: true, notes: reference ? { reference } : [], ...changes,
  };
}

export const captured = (entity) =>
  JSON.stringify({ event: "payment.captured", payload: { payment: { entity } } });

// As the gateway tells of a link that was paid.
export const linkPaid = (entity, link) =>
  JSON.stringify({
    event: "payment_link.paid",
    payload: {
      payment_link: { entity: { status: "paid", ...link } },
      order: { entity: { id: "order_ofTheLink", amount: entity.amount } },
      payment: { entity },
    },
  });

export async function hook(register, body, signature = hmac(webhookSecret, body)) {
  const headers = { "x-razorpay-signature": signature };
  return register.api("POST", "/hook/razorpay", { headers, body });
}

// Makes payment links until it is told otherwise: answer(response, made, body).
export class LinkGateway {
  static async start() {
    const gateway = new LinkGateway();
    gateway.requests = [];
    gateway.behave();
    gateway.server = http.createServer((request, response) => {
      const parts = [];
      request.on("data", (part) => parts.push(part));
      request.on("end", () => {
        const { method, url, headers } = request;
        const body = JSON.parse(Buffer.concat(parts).toString());
        gateway.requests.push({ method, url, headers, body });
        gateway.answer(response, gateway.made(body), body);
      });
    });
    gateway.server.on("clientError", () => {});
    await new Promise((resolve) => gateway.server.listen(0, "127.0.0.1", resolve));
    gateway.url = `http://127.0.0.1:${gateway.server.address().port}`;
    return gateway;
  }

  made(body) {
    const id = `plink_${this.requests.length}x${process.pid}`;
    return { ...body, id, entity: "payment_link", short_url: `${this.url}/rzp/${id}`,
      status: "created" };
  }

  behave(answer) {
    this.answer = answer ?? ((response, made) => response.end(JSON.stringify(made)));
  }

  stop() {
    this.server.closeAllConnections();
    return new Promise((resolve) => this.server.close(resolve));
  }
}
