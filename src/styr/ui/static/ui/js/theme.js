// Light, dark or as the machine: kept in the browser, set before the page is painted.
const root = document.documentElement;
const stored = () => {
  try {
    return localStorage.getItem("styr-theme");
  } catch {
    return null; // storage may be closed by the browser's policy; the page then follows the machine
  }
};
const CHOICES = ["auto", "light", "dark"];
root.dataset.colorScheme = CHOICES.includes(stored()) ? stored() : "auto";

const shown = () => {
  for (const button of document.querySelectorAll("[data-theme-choice]")) {
    button.setAttribute("aria-pressed", String(button.dataset.themeChoice === root.dataset.colorScheme));
  }
};
document.addEventListener("DOMContentLoaded", shown);
// Paper is white.
let before;
window.addEventListener("beforeprint", () => {
  before = root.dataset.colorScheme;
  root.dataset.colorScheme = "light";
});
window.addEventListener("afterprint", () => {
  root.dataset.colorScheme = before ?? root.dataset.colorScheme;
});
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-theme-choice]");
  if (!button) return;
  root.dataset.colorScheme = button.dataset.themeChoice;
  shown();
  try {
    localStorage.setItem("styr-theme", root.dataset.colorScheme);
  } catch {
    return; // the choice then lasts as long as the page
  }
});
