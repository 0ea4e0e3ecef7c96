// Opens the page again, once, while the plan is worked out; not while it is hidden.
const PAUSE = 2000;
const again = () => {
  if (document.hidden) document.addEventListener("visibilitychange", again, { once: true });
  else location.reload();
};
setTimeout(again, PAUSE);
