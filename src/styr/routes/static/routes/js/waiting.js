// Opens the page again until the plan is worked out; waits while the page is hidden. Once a page: asked for again before
// a slow machine has answered, it would never come.
const PAUSE = 2000;
const again = () => {
  if (document.hidden) document.addEventListener("visibilitychange", again, { once: true });
  else location.reload();
};
setTimeout(again, PAUSE);
