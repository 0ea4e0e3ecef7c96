// Fakturakontrol: the row of the open invoice, the first one opened where there is room, panels that are ready for the keyboard, and the
// pages of a PDF.
const wide = window.matchMedia("(min-width: 64.01rem)");

const mark = (link) => {
  for (const row of document.querySelectorAll(".work [aria-current]")) row.removeAttribute("aria-current");
  link.setAttribute("aria-current", "true");
};
document.addEventListener("htmx:beforeRequest", (event) => {
  const link = event.target.closest?.(".work__main a");
  if (!link) return;
  if (!wide.matches) {
    // Narrow: one thing at a time, so the row opens as a page of its own.
    event.preventDefault();
    window.location.assign(link.href);
    return;
  }
  mark(link);
});
document.addEventListener("htmx:responseError", (event) => {
  if (event.target.closest?.(".work__main a")) window.location.assign(event.target.href);
});
document.addEventListener("htmx:afterSwap", (event) => {
  if (event.detail.target?.id === "sag") document.querySelector("#sag")?.closest(".panes")?.setAttribute("data-showing", "detail");
});

const start = () => {
  document.querySelector(".work [aria-current]")?.scrollIntoView({ block: "center" });
  const panes = document.querySelector(".panes[data-showing=list]");
  const first = document.querySelector(".work__main a");
  if (panes && first && wide.matches) first.click();
};
if (document.readyState === "complete") start();
else window.addEventListener("load", start);

// A panel that opens is ready: the field to write in, or the button to press, has the focus.
document.addEventListener("toggle", (event) => {
  if (event.target.matches?.(".act") && event.target.open) event.target.querySelector("[data-first]")?.focus();
  if (event.target.matches?.(".filter-box") && event.target.open) event.target.querySelector("input, select")?.focus();
}, true);
document.addEventListener("keydown", (event) => {
  const panel = event.target.closest?.(".act[open], .filter-box[open]");
  if (!panel) return;
  if (event.key === "Escape") {
    panel.open = false;
    panel.querySelector("summary").focus();
  }
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) panel.querySelector("form")?.requestSubmit();
});
// Another role is usually asked something else.
document.addEventListener("change", (event) => {
  const field = event.target.matches("[data-asks]") && document.getElementById(event.target.dataset.asks);
  if (field) field.value = event.target.selectedOptions[0].dataset.text;
});

// The pages of an enclosed PDF are drawn one at a time; the answer tells how many there are and what is marked.
const draw = async (figure, side) => {
  const [back, on] = figure.querySelectorAll("[data-pdf-step]");
  const picture = figure.querySelector("img");
  const told = figure.querySelector("[data-pdf-told]");
  const answer = await fetch(figure.dataset.base.replace(/\d+\/$/, `${side}/`)).catch(() => null);
  const plain = answer?.headers.get("Content-Type")?.startsWith("text/plain");
  if (!answer?.ok || answer.headers.get("Content-Type") !== "image/png") {
    told.textContent = plain ? await answer.text() : "Siden kan ikke vises lige nu. Prøv igen, eller hent filen.";
    told.hidden = false;
    return;
  }
  const pages = Number(answer.headers.get("X-Pages"));
  const marked = Number(answer.headers.get("X-Marked"));
  const old = picture.src;
  picture.src = URL.createObjectURL(await answer.blob());
  if (old.startsWith("blob:")) URL.revokeObjectURL(old);
  const words = `side ${side} af ${pages}`;
  picture.alt = `${picture.dataset.pdfName}, ${words}`;
  picture.hidden = false;
  told.textContent = `${marked === 1 ? "1 sted på siden er markeret: det" : `${marked} steder på siden er markeret: de`} svarer til det, der afviger i fakturaen.`;
  told.hidden = !marked;
  figure.dataset.side = String(side);
  figure.querySelector("[data-pdf-count]").textContent = words;
  back.disabled = side <= 1;
  on.disabled = side >= pages;
};
// One after the other: each is a process of the server's.
const drawFirst = async () => {
  for (const figure of document.querySelectorAll("[data-pdf]:not([data-side])")) {
    if (figure.dataset.side) continue;
    figure.dataset.side = "1";
    await draw(figure, 1);
  }
};
drawFirst();
document.addEventListener("htmx:afterSettle", drawFirst);
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-pdf-step]");
  const figure = button?.closest("[data-pdf]");
  if (figure) draw(figure, Number(figure.dataset.side) + Number(button.dataset.pdfStep));
});
