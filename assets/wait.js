// Looks every few seconds whether what the page waits for has come, and goes on then. Without it,
// the page reloads itself (noscript) or its button is pressed.
const { href } = document.querySelector("[data-wait]");
const everyMs = 5000;

const look = async () => {
  if (document.hidden) return;
  try {
    const answer = await fetch(href, { cache: "no-store", redirect: "manual" });
    if (answer.type === "opaqueredirect" || !answer.ok) location.assign(href);
    else if (!(await answer.text()).includes("data-wait")) location.reload(); // too late by now
  } catch {
    // no network at the moment: the next look tells
  }
};
setInterval(look, everyMs);
document.addEventListener("visibilitychange", look);
