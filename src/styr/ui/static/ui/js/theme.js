// Light, dark or as the machine: kept in the browser, set before the page is painted.
const root = document.documentElement;
const stored = () => {
  try {
    return localStorage.getItem("styr-theme");
  } catch {
    return null; // storage may be closed by the browser's policy; the page then follows the machine
  }
};
root.dataset.colorScheme = stored() ?? "auto";

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-theme-switch]");
  if (!button) return;
  const dark = root.dataset.colorScheme === "dark" || (root.dataset.colorScheme === "auto" && matchMedia("(prefers-color-scheme: dark)").matches);
  root.dataset.colorScheme = dark ? "light" : "dark";
  try {
    localStorage.setItem("styr-theme", root.dataset.colorScheme);
  } catch {
    return;
  }
});
