// Ctrl K: one field that finds everything; the page of search answers with the hits.
const dialog = document.querySelector("#palette");
const PAUSE = 130;

if (dialog) {
  const field = dialog.querySelector("input");
  const results = dialog.querySelector("#palette-results");
  const status = dialog.querySelector("[data-palette-status]");
  let waiting;
  let asking = new AbortController();

  const hits = () => [...results.querySelectorAll("[role=option]")];
  const chosen = () => results.querySelector("[aria-selected=true]");
  const choose = (hit) => {
    chosen()?.setAttribute("aria-selected", "false");
    if (!hit) return field.removeAttribute("aria-activedescendant");
    hit.setAttribute("aria-selected", "true");
    hit.scrollIntoView({ block: "nearest" });
    field.setAttribute("aria-activedescendant", hit.id);
  };
  const say = (words) => {
    results.replaceChildren(Object.assign(document.createElement("p"), { className: "state", textContent: words }));
    choose(null);
  };
  const ask = async () => {
    asking.abort();
    asking = new AbortController();
    // What is looked for may be a name: it is posted, and stands in no address.
    const asked = {
      method: "POST",
      body: new URLSearchParams({ q: field.value.trim() }),
      headers: { "X-Palette": "1", "X-CSRFToken": document.querySelector("[name=csrfmiddlewaretoken]")?.value ?? "" },
      signal: asking.signal,
      redirect: "error",
    };
    try {
      const answer = await fetch(dialog.dataset.address, asked);
      if (!answer.ok) return say("Søgningen svarer ikke. Prøv igen om lidt.");
      results.innerHTML = await answer.text();
    } catch (error) {
      if (error.name !== "AbortError") say("Søgningen svarer ikke. Genindlæs siden, og prøv igen.");
      return;
    }
    choose(hits()[0]);
    status.textContent = hits().length === 1 ? "1 fundet" : `${hits().length} fundet`;
  };
  const open = () => {
    if (dialog.open) return;
    dialog.showModal();
    field.select();
    ask();
  };

  document.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") {
      event.preventDefault();
      open();
    }
  });
  document.addEventListener("click", (event) => {
    if (!event.target.closest("[data-palette-opener]") || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    open();
  });
  field.addEventListener("input", () => {
    window.clearTimeout(waiting);
    waiting = window.setTimeout(ask, PAUSE);
  });
  field.addEventListener("keydown", (event) => {
    const all = hits();
    const at = all.indexOf(chosen());
    if (event.key === "ArrowDown") choose(all[(at + 1) % all.length]);
    else if (event.key === "ArrowUp") choose(all[(at - 1 + all.length) % all.length]);
    else if (event.key === "Enter") chosen()?.click();
    else return;
    event.preventDefault();
  });
}
