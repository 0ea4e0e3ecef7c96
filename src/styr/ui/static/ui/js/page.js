// Dialogs, menus and messages: what opens and closes on a page.
const opened = (dialog) => {
  if (!dialog || dialog.open) return;
  dialog.showModal();
};

document.addEventListener("click", (event) => {
  const opener = event.target.closest("[data-opens]");
  if (opener) opened(document.getElementById(opener.dataset.opens));
  if (event.target.closest("[data-closes]")) event.target.closest("dialog")?.close();
  if (event.target.closest("[data-dismiss]")) event.target.closest("[data-toast]")?.remove();
  if (event.target.matches("dialog[open]") && !event.target.querySelector("form[method=post]")) event.target.close();
  for (const menu of document.querySelectorAll("[data-menu][open]")) if (!menu.contains(event.target)) menu.open = false;
});

// What is folded away on a phone: a button opens it, and the same button folds it again.
document.addEventListener("click", (event) => {
  const opener = event.target.closest("[data-unfolds]");
  if (!opener) return;
  const unfolded = opener.getAttribute("aria-expanded") !== "true";
  opener.setAttribute("aria-expanded", unfolded);
  if (unfolded) document.getElementById(opener.getAttribute("aria-controls"))?.querySelector("input:not([type=hidden]), select")?.focus();
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  const menu = document.querySelector("[data-menu][open]");
  if (!menu) return;
  menu.open = false;
  menu.querySelector("summary").focus();
});

// One menu at a time.
document.addEventListener(
  "toggle",
  (event) => {
    if (!event.target.matches?.("[data-menu]") || !event.target.open) return;
    for (const other of document.querySelectorAll("[data-menu][open]")) if (other !== event.target) other.open = false;
  },
  true,
);

// A message that can be undone or tells of an error stays; the others leave when they have been read.
const READ = 8000;
const leave = (toast) => {
  if (toast.matches(":hover, :focus-within")) window.setTimeout(leave, 2000, toast);
  else toast.remove();
};
for (const toast of document.querySelectorAll("[data-toast]:not([data-stays])")) window.setTimeout(leave, READ, toast);

// What a page wants looked at first: the list of what must be mended.
document.querySelector("[data-focus]")?.focus();

// A row of tabs that is wider than the screen begins where one is.
for (const here of document.querySelectorAll(".tabs > [aria-current]")) {
  const row = here.parentElement;
  row.scrollLeft = here.offsetLeft - row.offsetLeft - (row.clientWidth - here.offsetWidth) / 2;
}

// Paper shows what is folded.
window.addEventListener("beforeprint", () => {
  for (const folded of document.querySelectorAll("main details:not([open], [data-menu])")) {
    folded.dataset.unfolded = "";
    folded.open = true;
  }
});
window.addEventListener("afterprint", () => {
  for (const unfolded of document.querySelectorAll("[data-unfolded]")) {
    delete unfolded.dataset.unfolded;
    unfolded.open = false;
  }
});
