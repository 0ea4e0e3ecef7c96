// Passkeys: asks the browser for one, or for proof of one, and sends what it answers with the form.
// <form data-passkey="create|get" data-passkey-options="id of the JSON"> with a hidden field "credential".
const toBytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (sign) => sign.charCodeAt(0));
const toText = (bytes) =>
  btoa(String.fromCharCode(...new Uint8Array(bytes))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
const descriptors = (held) => (held ?? []).map((one) => ({ ...one, id: toBytes(one.id) }));

const create = async ({ publicKey }) => {
  const made = await navigator.credentials.create({
    publicKey: {
      ...publicKey,
      challenge: toBytes(publicKey.challenge),
      user: { ...publicKey.user, id: toBytes(publicKey.user.id) },
      excludeCredentials: descriptors(publicKey.excludeCredentials),
    },
  });
  return answer(made, {
    attestationObject: toText(made.response.attestationObject),
    transports: made.response.getTransports?.() ?? [],
  });
};

const get = async ({ publicKey }) => {
  const shown = await navigator.credentials.get({
    publicKey: {
      ...publicKey,
      challenge: toBytes(publicKey.challenge),
      allowCredentials: descriptors(publicKey.allowCredentials),
    },
  });
  return answer(shown, {
    authenticatorData: toText(shown.response.authenticatorData),
    signature: toText(shown.response.signature),
    userHandle: shown.response.userHandle ? toText(shown.response.userHandle) : null,
  });
};

const answer = (credential, response) => ({
  type: credential.type,
  id: credential.id,
  rawId: toText(credential.rawId),
  authenticatorAttachment: credential.authenticatorAttachment ?? null,
  response: { clientDataJSON: toText(credential.response.clientDataJSON), ...response },
  clientExtensionResults: credential.getClientExtensionResults(),
});

for (const form of document.querySelectorAll("form[data-passkey]")) {
  const told = form.querySelector("[data-passkey-told]");
  const options = JSON.parse(document.getElementById(form.dataset.passkeyOptions).textContent);
  const [ask, wanted] =
    form.dataset.passkey === "create" ? [create, options.creation_options] : [get, options.request_options];
  if (!window.PublicKeyCredential) {
    told.textContent = "Browseren kan ikke bruge adgangsnøgler.";
    told.hidden = false;
    form.querySelector("button[type=button]").disabled = true;
    continue;
  }
  form.querySelector("button[type=button]").addEventListener("click", async () => {
    told.hidden = true;
    try {
      form.elements.credential.value = JSON.stringify(await ask(wanted));
      form.submit();
    } catch {
      told.textContent = "Nøglen blev ikke brugt. Prøv igen, eller vælg en anden måde.";
      told.hidden = false;
    }
  });
}
