// Keeps the figures of /live fresh while the page is looked at: every second while they move, every
// five when they have stood still for two minutes. Without it, the page shows the figures of the
// moment it was opened.
const page = document.querySelector("[data-live]");
const group = (n) => n.toLocaleString("en-IN");
const soonMs = 1000;
const laterMs = 5000;
const stillMs = 120000;
let timer;
let movedAt = Date.now();

const show = (name, value) => {
  for (const place of page.querySelectorAll(`[data-figure="${name}"]`)) {
    const text = group(value);
    if (place.textContent === text) continue;
    place.textContent = text;
    movedAt = Date.now();
  }
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
    }
  } catch {
    // no network: the figures stay, the next try comes anyway
  }
  timer = setTimeout(refresh, Date.now() - movedAt < stillMs ? soonMs : laterMs);
};

document.addEventListener("visibilitychange", refresh);
refresh();
