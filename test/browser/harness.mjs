// Chromium on the real program: opens pages as people have them (phone or desk, Hindi or English,
// light or dark), and says what is wrong with one: accessibility, overflow, weight, small targets,
// errors in the console.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdir, readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";
import { chromium } from "playwright-core";
import { top } from "../scenario/harness.mjs";

const axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
export const WEIGHT_MAX = 60 * 1024;
const output = path.join(top, "test-output", "screens");

function chromiumPath() {
  if (process.env.CHROMIUM) return process.env.CHROMIUM;
  return execFileSync("sh", ["-c", "command -v chromium"]).toString().trim();
}

export class Desk {
  static async open(register) {
    const desk = new Desk();
    desk.register = register;
    desk.browser = await chromium.launch({
      executablePath: chromiumPath(),
      args: [
        ...(process.getuid() === 0 ? ["--no-sandbox"] : []),
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
      ],
    });
    await mkdir(output, { recursive: true });
    return desk;
  }

  close() {
    return this.browser.close();
  }

  // Signs a page's browser in at the organisation's desk.
  async signIn(page, key) {
    const visitor = this.register.visitor();
    await visitor.deskSignIn(key);
    const url = this.register.origin;
    await page.context().addCookies([{ name: "desk", value: visitor.cookies.get("desk"), url }]);
  }

  // options: width (360), lang ("hi"), dark, javaScript (true)
  async person({ width = 360, lang = "hi", dark = false, javaScript = true } = {}) {
    const context = await this.browser.newContext({
      baseURL: this.register.origin,
      viewport: { width, height: width < 600 ? 740 : 900 },
      locale: lang === "hi" ? "hi-IN" : "en-IN",
      colorScheme: dark ? "dark" : "light",
      javaScriptEnabled: javaScript,
      hasTouch: width < 600,
    });
    const page = await context.newPage();
    page.troubles = [];
    page.bytes = 0;
    page.hasScript = javaScript;
    page.on("console", (said) => {
      if (["error", "warning"].includes(said.type())) page.troubles.push(said.text());
    });
    page.on("pageerror", (error) => page.troubles.push(String(error)));
    page.on("request", (request) => {
      const { origin } = new URL(request.url());
      if (!["null", this.register.origin].includes(origin))
        page.troubles.push(`leads to ${origin}`);
    });
    page.weighing = []; // sizes that the browser has yet to tell
    page.on("requestfinished", (request) => {
      const told = request.sizes().catch(() => undefined);
      page.weighing.push(told.then((sizes) => {
        if (sizes) page.bytes += sizes.responseBodySize + sizes.responseHeadersSize;
      }));
    });
    return page;
  }
}

export async function screenshot(page, name) {
  await page.screenshot({ path: path.join(output, `${name}.png`), fullPage: true });
}

export async function assertAccessible(page, about) {
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() =>
    window.axe.run(document, {
      runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    }),
  );
  const said = violations.map(
    (v) =>
      `${v.id}: ${v.help}\n${v.nodes
        .slice(0, 3)
        .map((n) => `    ${n.html}\n    ${n.failureSummary}`)
        .join("\n")}`,
  );
  assert.deepEqual(said, [], `${about}:\n${said.join("\n")}`);
}

// Nothing reaches beyond the width of the window, and what is pressed is large enough for a thumb.
export async function assertFits(page, about) {
  const wrong = await page.evaluate(() => {
    const name = (e) =>
      `${e.tagName.toLowerCase()}.${e.className} ${e.textContent.trim().slice(0, 30)}`;
    const found = [];
    const { scrollWidth, clientWidth } = document.documentElement;
    if (scrollWidth > clientWidth) {
      found.push(`the page is ${scrollWidth} wide in ${clientWidth}`);
      for (const e of document.querySelectorAll("body *")) {
        if (e.getBoundingClientRect().right > clientWidth + 1) found.push(name(e));
      }
    }
    for (const e of document.querySelectorAll(
      "button, select, a.button, .acts a, input:not([type=hidden])",
    )) {
      const box = e.getBoundingClientRect();
      const small = ["radio", "checkbox"].includes(e.type) ? 20 : 44;
      if (box.width > 0 && box.height < small)
        found.push(`${box.height} high: ${name(e)} ${e.name}`);
    }
    return found.slice(0, 12);
  });
  assert.deepEqual(wrong, [], about);
}

export async function assertWhole(page, about, { light = true, accessible = true } = {}) {
  assert.deepEqual(page.troubles, [], about);
  assert.equal(await page.locator("h1").count(), 1, `${about}: one h1`);
  await Promise.all(page.weighing ?? []); // a window that a page opened is not weighed
  if (light) assert.ok(page.bytes <= WEIGHT_MAX, `${about}: ${page.bytes} bytes`);
  await assertFits(page, about);
  // The checker waits for timers, which do not run without JavaScript: the page is checked with it.
  if (page.hasScript && accessible) await assertAccessible(page, about);
}
