// Copies what the payer's app asks for, and hands the page's address to who pays instead. Without
// it, the fields are there to be marked and copied by hand.
const status = document.querySelector("[data-copied]");
const shownMs = 6000;
let timer;

const copy = async (field) => {
  try {
    await navigator.clipboard.writeText(field.value);
  } catch {
    field.select(); // no clipboard over http
    if (!document.execCommand("copy")) return;
  }
  clearTimeout(timer);
  status.textContent = "";
  requestAnimationFrame(() => (status.textContent = `${status.dataset.copied} ${field.value}`));
  timer = setTimeout(() => (status.textContent = ""), shownMs);
};

for (const button of document.querySelectorAll("[data-copy]")) {
  button.hidden = false;
  button.addEventListener("click", () => copy(document.getElementById(button.dataset.copy)));
}

const share = document.querySelector("[data-share]");
if (share && navigator.share) {
  share.hidden = false;
  share.addEventListener("click", () =>
    navigator
      .share({ title: document.title, url: document.getElementById("address").value })
      .catch(() => {}), // who shares with nobody after all
  );
}
