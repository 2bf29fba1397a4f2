// Keeps what is typed when the page is left or put aside unsent, so that it is there when the page
// is opened again. Without it, only what was sent is kept. A form for somebody else on the same
// phone is kept when it is sent only: it would take the place of what the first has begun.
const form = document.querySelector("#join");
let typed = false;

const keep = () => {
  if (!typed || form.elements.another) return;
  const data = new URLSearchParams(new FormData(form));
  data.set("go", "nowhere");
  typed = !navigator.sendBeacon(form.action, data);
};
form.addEventListener("input", () => (typed = true));
form.addEventListener("submit", () => (typed = false));
addEventListener("pagehide", keep);
document.addEventListener("visibilitychange", () => document.hidden && keep());
