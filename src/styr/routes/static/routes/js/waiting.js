// Opens the page again until the plan is worked out; stops while the page is hidden.
const PAUSE = 2000;
setInterval(() => { if (!document.hidden) location.reload(); }, PAUSE);
