// The guided tour: a small panel that points something out, goes on from page to page, and can be left at any time.
const KEY = "styr-tour";
const kept = () => {
  try {
    return JSON.parse(sessionStorage.getItem(KEY) ?? "null");
  } catch {
    return null; // storage may be closed by the browser's policy: then there is no tour
  }
};
const keep = (tour) => {
  try {
    if (tour) sessionStorage.setItem(KEY, JSON.stringify(tour));
    else sessionStorage.removeItem(KEY);
    return true;
  } catch {
    return false;
  }
};
const made = (name, words, properties = {}) => Object.assign(document.createElement(name), { textContent: words, ...properties });
const unpointed = () => document.querySelector("[data-tour-now]")?.removeAttribute("data-tour-now");

const leave = () => {
  keep(null);
  unpointed();
  document.querySelector(".tour")?.remove();
  document.querySelector("#indhold")?.focus({ preventScroll: true });
};
const go = (tour, at) => {
  if (at < 0 || at >= tour.steps.length) return leave();
  keep({ ...tour, at });
  const next = tour.steps[at];
  if (new URL(next.address, location.href).pathname === location.pathname) show({ ...tour, at });
  else location.assign(next.address);
};
const show = (tour) => {
  const step = tour.steps[tour.at];
  if (!step) return leave();
  document.querySelector(".tour")?.remove();
  unpointed();
  const here = new URL(step.address, location.href).pathname === location.pathname;
  const target = here ? document.querySelector(step.points_at) : null;
  target?.setAttribute("data-tour-now", "");
  const tall = target && target.offsetHeight > innerHeight * 0.6; // its beginning is what the words are about
  target?.scrollIntoView({ block: tall ? "start" : "center" });

  const panel = made("section", "", { className: "tour no-print", tabIndex: -1 });
  panel.setAttribute("role", "dialog");
  panel.setAttribute("aria-labelledby", "tour-title");
  const last = tour.at === tour.steps.length - 1;
  const foot = made("div", "", { className: "tour__foot" });
  const button = (words, act, tone = "") => {
    const one = made("button", words, { type: "button", className: `button button--small ${tone}` });
    one.addEventListener("click", act);
    return one;
  };
  foot.append(made("span", `${tour.at + 1} af ${tour.steps.length}`, { className: "quiet" }));
  foot.append(button("Afslut", leave, "button--bare"));
  if (tour.at > 0) foot.append(button("Forrige", () => go(tour, tour.at - 1)));
  if (here) foot.append(button(last ? "Færdig" : "Næste", () => go(tour, tour.at + 1), "button--primary"));
  else foot.append(button("Vend tilbage til rundvisningen", () => go(tour, tour.at), "button--primary"));
  panel.append(made("h2", step.title, { id: "tour-title" }), made("p", step.text), foot);
  panel.addEventListener("keydown", (event) => {
    if (event.key === "Escape") leave();
    else if (event.key === "ArrowRight") go(tour, tour.at + 1);
    else if (event.key === "ArrowLeft" && tour.at > 0) go(tour, tour.at - 1);
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
  document.body.append(panel);
  panel.focus({ preventScroll: true });
};

document.addEventListener("click", async (event) => {
  const opener = event.target.closest("[data-tour-start]");
  if (!opener) return;
  const answer = await fetch(opener.dataset.tourStart, { redirect: "error" });
  const { steps } = await answer.json();
  if (steps.length > 0) go({ steps }, 0);
});

const tour = kept();
if (tour) show(tour);
