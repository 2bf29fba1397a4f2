// Somebody at the pages without JavaScript: reads forms as a browser would, keeps cookies, follows
// redirects, and notices when a page leads to another host.
import assert from "node:assert/strict";
import { answerOf, personalIn } from "./harness.mjs";

// Named character references that our pages write.
function unescape(text) {
  return text.replace(/&(#x?[0-9a-f]+|amp|lt|gt|quot|apos|nbsp);/gi, (all, name) => {
    if (name[0] === "#") {
      const hex = name[1].toLowerCase() === "x";
      return String.fromCodePoint(hex ? parseInt(name.slice(2), 16) : Number(name.slice(1)));
    }
    return { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'", nbsp: "\u00a0" }[name.toLowerCase()];
  });
}

function attributes(tag) {
  const found = {};
  for (const [, name, double, single, bare] of tag.matchAll(
    /\s([a-zA-Z_:][-\w:.]*)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+)))?/g,
  )) {
    found[name.toLowerCase()] = unescape(double ?? single ?? bare ?? "");
  }
  return found;
}

// The forms of a page with the values that a browser would send unless the visitor changes them.
export function formsOf(html) {
  return [...html.matchAll(/<form\b([^>]*)>(.*?)<\/form>/gs)].map(([, head, inside]) => {
    const form = { method: "get", action: "", ...attributes(` ${head}`) };
    Object.assign(form, { fields: {}, choices: {}, buttons: [] });
    for (const [, tag, rest] of inside.matchAll(/<(input|button|select|textarea)\b([^>]*)>/g)) {
      const field = attributes(` ${rest}`);
      if (tag === "button" || field.type === "submit") {
        form.buttons.push(field);
      } else if (field.name && (field.type === "radio" || field.type === "checkbox")) {
        (form.choices[field.name] ??= []).push(field.value ?? "on");
        if ("checked" in field) form.fields[field.name] = field.value ?? "on";
      } else if (field.name && tag === "input") {
        form.fields[field.name] = field.value ?? "";
      }
    }
    for (const [, rest, options] of inside.matchAll(/<select\b([^>]*)>(.*?)<\/select>/gs)) {
      const { name } = attributes(` ${rest}`);
      const all = [...options.matchAll(/<option\b([^>]*)>/g)].map(([, o]) => attributes(` ${o}`));
      form.choices[name] = all.map((o) => o.value ?? "");
      form.fields[name] = (all.find((o) => "selected" in o) ?? all[0])?.value ?? "";
    }
    for (const [, rest, text] of inside.matchAll(/<textarea\b([^>]*)>(.*?)<\/textarea>/gs)) {
      form.fields[attributes(` ${rest}`).name] = unescape(text);
    }
    return form;
  });
}

// Somebody with a browser that knows no JavaScript: cookies, forms, redirects.
export class Visitor {
  constructor(register, lang = "en") {
    this.register = register;
    this.lang = lang;
    this.cookies = new Map();
  }

  async request(method, target, { form, body, multipart, headers = {} } = {}) {
    const url = new URL(target, this.page?.url ?? this.register.origin);
    assert.equal(url.origin, this.register.origin, "a page leads elsewhere");
    const all = { accept: "text/html", "accept-language": this.lang, ...headers };
    if (this.cookies.size) all.cookie = [...this.cookies].map(([k, v]) => `${k}=${v}`).join("; ");
    const own = url.pathname.match(/^\/(?:card|pay)\/([^/]+)/)?.[1];
    this.register.keepSilent(own, personalIn(form));
    let content = multipart ?? (form && new URLSearchParams(form));
    if (body !== undefined) {
      content = body; // as it is, encoded already
      all["content-type"] = "application/x-www-form-urlencoded";
    }
    const response = await fetch(url, {
      method,
      headers: all,
      redirect: "manual",
      body: content,
    });
    for (const line of response.headers.getSetCookie()) {
      const [, name, value] = line.match(/^([^=]+)=([^;]*)/);
      if (/max-age=(0|-\d+)\b/i.test(line)) this.cookies.delete(name);
      else this.cookies.set(name, value);
      if (name !== "lang") this.register.keepSilent(value);
    }
    const answer = await answerOf(response);
    const location = response.headers.get("location");
    if (location && response.status >= 300 && response.status < 400) {
      return this.request("GET", new URL(location, url).href);
    }
    this.page = { ...answer, url: url.href, forms: formsOf(answer.text) };
    return this.page;
  }

  get(target) {
    return this.request("GET", target);
  }

  // Signs in at the organisation's desk with an API token; ends there.
  async deskSignIn(key) {
    await this.get("/desk/sign-in");
    await this.submit({ key });
    assert.match(this.page.url, /\/desk$/, this.page.text);
    this.register.secrets.add(this.cookies.get("desk"));
    return this.page;
  }

  // Fills the form that has the named field (or the only one that posts) and sends it. A field that
  // is not in the form is a mistake of the test.
  async submit(values = {}, { having, button } = {}) {
    const wanted = having ?? Object.keys(values)[0];
    const form = this.page.forms.find((f) =>
      wanted ? wanted in f.fields || wanted in f.choices : f.method.toLowerCase() === "post",
    );
    assert.ok(form, `no form with ${wanted} on ${this.page.url}: ${this.page.text}`);
    for (const name of Object.keys(values)) {
      const there = name in form.fields || name in form.choices;
      assert.ok(there, `no field ${name} on ${this.page.url}`);
    }
    const fields = { ...form.fields, ...values };
    const pressed = form.buttons.find(
      (b) => b.name && (!button || b.value === button || b.name === button),
    );
    if (pressed) fields[pressed.name] = pressed.value ?? "";
    if (form.method.toLowerCase() === "post") {
      return this.request("POST", form.action || this.page.url, {
        form: fields,
        headers: { origin: this.register.origin },
      });
    }
    const url = new URL(form.action || this.page.url, this.page.url);
    url.search = new URLSearchParams(fields);
    return this.request("GET", url.href);
  }
}
