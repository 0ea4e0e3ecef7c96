// The secret of a link stands after "#", which the browser sends to nobody: hand it on as a field, and take it out of the
// address, so that it does not stay in the history.
const field = document.querySelector("[data-from-link]");
const secret = location.hash.slice(1);
if (field && secret) {
  history.replaceState(null, "", location.pathname);
  field.value = secret;
  field.form.requestSubmit();
}
