// The borders between panes: drawn with the pointer or with the arrow keys, and kept in the browser.
const KEEP = "styr-panes";
const kept = () => {
  try {
    return JSON.parse(localStorage.getItem(KEEP)) ?? {};
  } catch {
    return {}; // closed storage or foreign words: the panes have their own sizes
  }
};
const keep = (name, rem) => {
  try {
    localStorage.setItem(KEEP, JSON.stringify({ ...kept(), [name]: rem }));
  } catch {
    return; // the size then lasts as long as the page
  }
};
const inRem = (pixels) => pixels / parseFloat(getComputedStyle(document.documentElement).fontSize);

for (const splitter of document.querySelectorAll("[data-panes] > .splitter")) {
  const panes = splitter.parentElement;
  const which = splitter.dataset.sizes; // "list" grows to the right, "document" to the left
  const name = `${panes.dataset.panes}.${which}`;
  const sign = which === "document" ? -1 : 1;
  const least = Number(splitter.getAttribute("aria-valuemin"));
  const most = Number(splitter.getAttribute("aria-valuemax"));
  const pane = which === "document" ? splitter.nextElementSibling : splitter.previousElementSibling;

  const size = (rem, { remember = true } = {}) => {
    const fitting = Math.round(Math.min(Math.max(rem, least), most) * 4) / 4;
    panes.style.setProperty(`--pane-${which}`, `${fitting}rem`);
    splitter.setAttribute("aria-valuenow", String(Math.round(fitting)));
    if (remember) keep(name, fitting);
  };
  const width = () => inRem(pane.getBoundingClientRect().width);
  const remembered = kept()[name];
  if (Number.isFinite(remembered)) size(remembered, { remember: false });
  else splitter.setAttribute("aria-valuenow", String(Math.round(width())));

  splitter.addEventListener("pointerdown", (event) => {
    event.preventDefault();
    splitter.setPointerCapture(event.pointerId);
    splitter.dataset.drawn = "";
    document.body.dataset.drawing = "";
    const from = { x: event.clientX, rem: width() };
    const draw = (moved) => size(from.rem + sign * inRem(moved.clientX - from.x), { remember: false });
    const end = () => {
      splitter.removeEventListener("pointermove", draw);
      delete splitter.dataset.drawn;
      delete document.body.dataset.drawing;
      keep(name, width());
    };
    splitter.addEventListener("pointermove", draw);
    splitter.addEventListener("lostpointercapture", end, { once: true });
  });
  splitter.addEventListener("keydown", (event) => {
    const step = event.shiftKey ? 5 : 1;
    if (event.key === "ArrowLeft") size(width() - sign * step);
    else if (event.key === "ArrowRight") size(width() + sign * step);
    else if (event.key === "Home") size(least);
    else if (event.key === "End") size(most);
    else return;
    event.preventDefault();
  });
  splitter.addEventListener("dblclick", () => {
    panes.style.removeProperty(`--pane-${which}`);
    keep(name, null);
  });
}

// The document's size: whole width, larger, largest.
const ZOOMS = ["100", "150", "200"];
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-zoom-step]");
  const shown = button && document.getElementById(button.dataset.zooms);
  if (!shown) return;
  const at = Math.max(ZOOMS.indexOf(shown.dataset.zoom ?? "100"), 0) + Number(button.dataset.zoomStep);
  shown.dataset.zoom = ZOOMS[Math.min(Math.max(at, 0), ZOOMS.length - 1)];
});
