// Keeps /live fresh while it is looked at: asks for the figures each second, and when they moved
// for the chart and the map, which the server draws. Without it, the page shows the figures of the
// moment it was opened.
const page = document.querySelector("[data-live]");
const group = (n) => n.toLocaleString("en-IN");
const everyMs = 1000;
let timer;
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

const redraw = async () => {
  const answer = await fetch(location.href, { cache: "no-cache" });
  if (!answer.ok) return;
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
  const drawings = "figure > svg, figure tbody";
  const next = fresh.querySelectorAll(drawings);
  const now = page.querySelectorAll(drawings);
  if (now.length !== next.length) return;
  now.forEach((old, i) => {
    if (!old.contains(document.activeElement)) old.replaceWith(next[i]);
  });
  stale = ["members", "today"].some((name) => figure(fresh, name) !== figure(page, name));
};

const refresh = async () => {
  clearTimeout(timer);
  if (document.hidden) return;
  try {
    const answer = await fetch(page.dataset.live, { cache: "no-cache" });
    if (answer.ok) {
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
    }
  } catch {
    // no network: the figures stay, the next try comes anyway
  }
  clearTimeout(timer);
  timer = setTimeout(refresh, everyMs);
};

document.addEventListener("visibilitychange", refresh);
refresh();
