// What is revealed is shown in place for a short while and then hidden again; without this script a page of its own shows it.

function hidden(place, masked) {
  const value = place.querySelector("[data-reveal-value]");
  value.textContent = masked;
  place.querySelector("[data-reveal-left]").textContent = "";
  place.removeAttribute("data-revealed");
}

function shown(place, told) {
  const value = place.querySelector("[data-reveal-value]");
  const left = place.querySelector("[data-reveal-left]");
  const masked = place.dataset.masked;
  let seconds = told.seconds;
  value.textContent = told.value;
  place.setAttribute("data-revealed", "");
  place.querySelector("details")?.removeAttribute("open");
  const tell = () => { left.textContent = ` skjules om ${seconds} sek.`; };
  tell();
  const clock = window.setInterval(() => {
    seconds -= 1;
    if (seconds > 0) {
      tell();
      return;
    }
    window.clearInterval(clock);
    hidden(place, masked);
  }, 1000);
  window.addEventListener("pagehide", () => { window.clearInterval(clock); hidden(place, masked); }, { once: true });
}

document.addEventListener("submit", async (event) => {
  const form = event.target.closest("form[data-reveal]");
  if (!form) return;
  event.preventDefault();
  const place = form.closest("[data-reveal-place]");
  const fault = form.querySelector("[data-reveal-fault]");
  const answer = await fetch(form.action, { method: "POST", body: new FormData(form), headers: { Accept: "application/json" } });
  const told = await answer.json();
  if (!answer.ok) {
    fault.textContent = told.fault;
    fault.hidden = false;
    return;
  }
  fault.hidden = true;
  shown(place, told);
});
