// Ctrl K: one field that finds everything; the page of search answers with the hits.
const dialog = document.querySelector("#palette");
const PAUSE = 130;

if (dialog) {
  const field = dialog.querySelector("input");
  const results = dialog.querySelector("#palette-results");
  const status = dialog.querySelector("[data-palette-status]");
  let waiting;
  let asking = new AbortController();
  let answered = null; // the words of the hits shown
  let entered = false; // Enter was pressed before them

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
    entered = false;
    results.replaceChildren(Object.assign(document.createElement("p"), { className: "state", textContent: words }));
    choose(null);
  };
  const ask = async () => {
    window.clearTimeout(waiting);
    asking.abort();
    asking = new AbortController();
    const words = field.value.trim();
    // Posted: it may be a name, and stands in no address.
    const asked = {
      method: "POST",
      body: new URLSearchParams({ q: words }),
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
    answered = words;
    choose(hits()[0]);
    if (entered) chosen()?.click();
    entered = false;
    status.textContent = hits().length === 1 ? "1 fundet" : `${hits().length} fundet`;
  };
  const open = () => {
    if (dialog.open) return;
    dialog.showModal();
    field.select();
    answered = null;
    entered = false;
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
  // Enter before the answer opens its first hit when it comes.
  const enter = () => {
    if (answered === field.value.trim()) return chosen()?.click();
    entered = true;
    return ask();
  };
  field.addEventListener("input", () => {
    entered = false;
    window.clearTimeout(waiting);
    waiting = window.setTimeout(ask, PAUSE);
  });
  field.addEventListener("keydown", (event) => {
    const all = hits();
    const at = all.indexOf(chosen());
    if (event.key === "ArrowDown") choose(all[(at + 1) % all.length]);
    else if (event.key === "ArrowUp") choose(all[(at - 1 + all.length) % all.length]);
    else if (event.key === "Enter") enter();
    else return;
    event.preventDefault();
  });
}
