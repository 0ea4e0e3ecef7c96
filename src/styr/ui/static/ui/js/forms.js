// Forms: sent once however often they are pressed, and nobody leaves half-written words by accident.
const sent = new WeakSet();
const dirty = new WeakSet();

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post") return;
  if (sent.has(form)) {
    event.preventDefault();
    event.stopImmediatePropagation();
    return;
  }
  sent.add(form);
  dirty.delete(form);
  event.submitter?.setAttribute("data-busy", "");
}, true);

// Back from the next page, or answered in place: the form may be sent again.
const again = (form) => {
  sent.delete(form);
  for (const busy of form.querySelectorAll("[data-busy]")) busy.removeAttribute("data-busy");
};
window.addEventListener("pageshow", () => document.querySelectorAll("form").forEach(again));
document.addEventListener("htmx:afterRequest", (event) => {
  const form = event.target.closest?.("form");
  if (form) again(form);
});

document.addEventListener("input", (event) => {
  const form = event.target.form;
  if (form?.matches("[data-unsaved]")) dirty.add(form);
});
window.addEventListener("beforeunload", (event) => {
  if ([...document.querySelectorAll("form[data-unsaved]")].some((form) => dirty.has(form))) event.preventDefault();
});

// A field that sends its form when it is changed: choices that are a page's filter.
document.addEventListener("change", (event) => {
  if (event.target.matches("[data-sends]")) event.target.form.requestSubmit();
});
// Ready-made words: choosing one puts them in the field it names, after what is already written there.
document.addEventListener("change", (event) => {
  const words = event.target.matches("[data-fills]") && event.target.selectedOptions[0]?.dataset.text;
  const target = words && document.getElementById(event.target.dataset.fills);
  if (!target) return;
  target.value = target.value.trim() ? `${target.value.trim()}\n${words}` : words;
  target.dispatchEvent(new Event("input", { bubbles: true }));
  target.focus();
});
