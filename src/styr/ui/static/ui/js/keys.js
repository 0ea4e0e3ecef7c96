// The keyboard: j/k walk the rows, Enter opens, x selects, a letter presses the button that shows it, "?" lists them all.
const ROWS = "[data-rows] tbody tr, ul[data-rows] > li, ol[data-rows] > li";
const TYPING = "input:not([type=checkbox], [type=radio], [type=button], [type=submit]), select, textarea, [contenteditable]";
const OPEN_AFTER = 140;

const seen = (element) => element.checkVisibility?.() ?? true;
const field = () => document.querySelector("dialog[open]") ?? document;
const rows = () => [...document.querySelectorAll(ROWS)].filter(seen);
const now = (all) => {
  const at = all.findIndex((row) => row.hasAttribute("data-current"));
  return at >= 0 ? at : all.findIndex((row) => row.querySelector("[aria-current]"));
};

let waiting;
const goTo = (all, next) => {
  all.forEach((row, at) => row.toggleAttribute("data-current", at === next));
  const row = all[next];
  const link = row.querySelector("a[href]");
  row.scrollIntoView({ block: "nearest" });
  (link ?? row.querySelector("button, input"))?.focus({ preventScroll: true });
  if (row.closest("[data-rows]").dataset.rows !== "open" || !link) return;
  window.clearTimeout(waiting);
  waiting = window.setTimeout(() => link.click(), OPEN_AFTER);
};
const move = (step) => {
  const all = rows();
  if (all.length === 0) return false;
  goTo(all, Math.min(Math.max(now(all) + step, 0), all.length - 1));
  return true;
};
const select = () => {
  const all = rows();
  const box = all[now(all)]?.querySelector("[data-select]");
  box?.click();
  return Boolean(box);
};

// --- selection and what can be done with many at once ---------------------------------------------
const boxes = () => [...document.querySelectorAll("[data-select]")];
const counted = () => {
  const chosen = boxes().filter((box) => box.checked);
  for (const box of boxes()) box.closest("tr, li")?.toggleAttribute("data-selected", box.checked);
  for (const bulk of document.querySelectorAll("[data-bulk]")) bulk.hidden = chosen.length === 0;
  for (const count of document.querySelectorAll("[data-bulk-count]")) count.textContent = String(chosen.length);
  const all = document.querySelector("[data-select-all]");
  if (!all) return;
  all.checked = chosen.length > 0 && chosen.length === boxes().length;
  all.indeterminate = chosen.length > 0 && !all.checked;
};
document.addEventListener("change", (event) => {
  if (event.target.matches("[data-select-all]")) for (const box of boxes()) box.checked = event.target.checked;
  if (event.target.matches("[data-select], [data-select-all]")) counted();
});
document.addEventListener("click", (event) => {
  if (!event.target.closest("[data-select-none]")) return;
  for (const box of boxes()) box.checked = false;
  counted();
});
document.addEventListener("htmx:afterSettle", counted);
window.addEventListener("pageshow", counted);

// --- one letter, one action -----------------------------------------------------------------------
const keyed = (letter) => [...field().querySelectorAll("[data-key]")].find((it) => it.dataset.key === letter && seen(it));
const press = (letter) => {
  const target = keyed(letter);
  if (!target || target.disabled || target.getAttribute("aria-disabled") === "true") return false;
  if (target.matches(TYPING)) target.focus();
  else target.click();
  return true;
};

const labelOf = (element) => {
  if (element.dataset.keyLabel) return element.dataset.keyLabel;
  const copy = element.cloneNode(true);
  for (const hint of copy.querySelectorAll("kbd, svg")) hint.remove();
  return (copy.textContent || element.getAttribute("aria-label") || "").replace(/\s+/g, " ").trim();
};
const sheet = () => {
  const dialog = document.querySelector("#shortcuts");
  if (!dialog || dialog.open) return;
  dialog.showModal();
};
const collect = () => {
  const section = document.querySelector("#shortcuts [data-page-keys]");
  if (!section) return;
  const list = section.querySelector("dl");
  const found = [...document.querySelectorAll("[data-key]")].filter((it) => !it.closest("dialog") && seen(it));
  list.replaceChildren(
    ...found.flatMap((it) => {
      const [term, meaning, key] = ["dt", "dd", "kbd"].map((name) => document.createElement(name));
      key.className = "kbd";
      key.textContent = it.dataset.key.toUpperCase();
      term.append(key);
      meaning.textContent = labelOf(it);
      return [term, meaning];
    }),
  );
  section.hidden = found.length === 0;
};
document.querySelector("#shortcuts")?.addEventListener("beforetoggle", collect);

const COMMANDS = {
  j: () => move(1),
  k: () => move(-1),
  x: select,
  "?": () => (sheet(), true),
  "/": () => {
    const filter = document.querySelector("[data-filter] :is(input:not([type=hidden]), select)");
    if (!filter?.checkVisibility()) document.querySelector("[data-unfolds][aria-expanded=false]")?.click();
    filter?.focus();
    return Boolean(filter);
  },
};
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.repeat && !"jk".includes(event.key)) return;
  if (event.target.closest?.(TYPING) || event.isComposing) return;
  const command = document.querySelector("dialog[open]") ? undefined : COMMANDS[event.key];
  if (press(event.key) || command?.()) event.preventDefault();
});
