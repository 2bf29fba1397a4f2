// Keeps /live fresh while it is looked at: asks for the figures each second, and when they moved
// for the chart and the map, which the server draws. Without it, the page shows the figures of the
// moment it was opened. While the server does not answer it asks less and less often, up to once a
// minute.
const page = document.querySelector("[data-live]");
const group = (n) => n.toLocaleString("en-IN");
const everyMs = 1000;
const seldomMs = 60_000;
let timer;
let waitMs = everyMs;
let stale = false; // the drawings are older than the figures

const show = (name, value) => {
  for (const place of page.querySelectorAll(`[data-figure="${name}"]`)) {
    const text = group(value);
    if (place.textContent === text) continue;
    place.textContent = text;
    stale = true;
  }
};

const figure = (from, name) => from.querySelector(`[data-figure="${name}"]`)?.textContent;

// Who goes through the map by the keyboard stays at the same link.
const replace = (old, fresh) => {
  const held = old.contains(document.activeElement) && document.activeElement.getAttribute("href");
  old.replaceWith(fresh);
  if (held) fresh.querySelector(`[href="${CSS.escape(held)}"]`)?.focus({ preventScroll: true });
};

const redraw = async () => {
  const answer = await fetch(location.href, { cache: "no-cache" });
  if (!answer.ok) return;
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
  const drawings = "figure > svg, figure tbody";
  const next = fresh.querySelectorAll(drawings);
  const now = page.querySelectorAll(drawings);
  if (now.length !== next.length) return;
  now.forEach((old, i) => replace(old, next[i]));
  stale = ["members", "today"].some((name) => figure(fresh, name) !== figure(page, name));
};

const refresh = async () => {
  clearTimeout(timer);
  if (document.hidden) return;
  try {
    const answer = await fetch(page.dataset.live, { cache: "no-cache" });
    if (!answer.ok) throw new Error(String(answer.status));
    const live = await answer.json();
    show("members", live.members);
    show("today", live.today);
    show("women", live.women);
    show("rural", live.rural);
    for (const unit of live.units) {
      show(`members-${unit.code}`, unit.members);
      show(`today-${unit.code}`, unit.today);
    }
    if (stale) await redraw();
    waitMs = everyMs;
  } catch {
    waitMs = Math.min(2 * waitMs, seldomMs); // the figures stay
  }
  clearTimeout(timer);
  timer = setTimeout(refresh, waitMs);
};

document.addEventListener("visibilitychange", refresh);
refresh();
