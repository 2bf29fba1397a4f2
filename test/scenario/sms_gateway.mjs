// A gateway for SMS on this machine: keeps what it is asked to send.
import http from "node:http";
import https from "node:https";
import { eventually } from "./harness.mjs";

export class Gateway {
  static async start(module = http, options = {}) {
    const gateway = new Gateway();
    gateway.requests = [];
    gateway.answer = (response) => response.end('{"status":"taken"}');
    gateway.server = module.createServer(options, (request, response) => {
      const parts = [];
      request.on("data", (part) => parts.push(part));
      request.on("end", () => {
        const { method, url, headers } = request;
        gateway.requests.push({ method, url, headers, body: Buffer.concat(parts).toString() });
        gateway.answer(response);
      });
    });
    gateway.server.on("clientError", () => {});
    await new Promise((resolve) => gateway.server.listen(0, "127.0.0.1", resolve));
    const scheme = module === https ? "https" : "http";
    gateway.url = `${scheme}://127.0.0.1:${gateway.server.address().port}/send`;
    return gateway;
  }

  stop() {
    this.server.closeAllConnections();
    return new Promise((resolve) => this.server.close(resolve));
  }

  // The words of the next SMS to a phone; what came before is forgotten.
  async nextTo(phone) {
    const request = await eventually(
      () => this.requests.find((r) => r.url.includes(phone)),
      "an SMS is sent",
    );
    this.requests.length = 0;
    return JSON.parse(request.body).text;
  }

  // Settings that lead here, for `gateway set -`.
  settings(changes = {}) {
    return {
      kind: "http",
      url: `${this.url}?to={digits}`,
      headers: { "Content-Type": "application/json" },
      body: '{"text":"{text}","template":"{template_id}"}',
      ...changes,
    };
  }
}
