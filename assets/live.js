// Keeps the figures of /live fresh while the page is looked at. Without it, the page shows the
// figures of the moment it was opened.
const page = document.querySelector("[data-live]");
const group = (n) => n.toLocaleString("en-IN");
let timer;

const show = (name, value) => {
  for (const place of page.querySelectorAll(`[data-figure="${name}"]`)) {
    const text = group(value);
    if (place.textContent !== text) place.textContent = text;
  }
};

const refresh = async () => {
  clearTimeout(timer);
  if (document.hidden) return;
  try {
    const answer = await fetch(page.dataset.live, { headers: { Accept: "application/json" } });
    if (answer.ok) {
      const live = await answer.json();
      show("members", live.members);
      show("today", live.today);
      for (const unit of live.units ?? []) {
        show(`members-${unit.code}`, unit.members);
        show(`today-${unit.code}`, unit.today);
      }
    }
  } catch {
    // no network: the figures stay, the next try comes anyway
  }
  timer = setTimeout(refresh, 2000);
};

document.addEventListener("visibilitychange", refresh);
refresh();
