// j/k walk the rows of the page's main table, Enter opens the row's link, "?" shows the shortcuts.
const rows = () => [...document.querySelectorAll("[data-rows] tbody tr")];
const typing = (target) => target.closest("input, select, textarea, [contenteditable]");

const move = (step) => {
  const all = rows();
  if (all.length === 0) return;
  const now = all.findIndex((row) => row.hasAttribute("data-current"));
  const next = Math.min(Math.max(now + step, 0), all.length - 1);
  all.forEach((row, at) => row.toggleAttribute("data-current", at === next));
  all[next].scrollIntoView({ block: "nearest" });
  all[next].querySelector("a")?.focus({ preventScroll: true });
};

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
  if (event.key === "j") move(1);
  else if (event.key === "k") move(-1);
  else if (event.key === "?") document.querySelector("#shortcuts")?.showModal();
});

document.addEventListener("click", (event) => {
  const opener = event.target.closest("[data-opens]");
  if (opener) document.getElementById(opener.dataset.opens)?.showModal();
});
