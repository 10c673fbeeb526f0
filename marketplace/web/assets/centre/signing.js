// Lets a passkey sign the digest of a contract. Without this file the other way of accepting stands.
"use strict";

const toBytes = (text) =>
  Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (c) => c.charCodeAt(0));
const toText = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer)))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "");

for (const form of document.querySelectorAll("form[data-signing]")) {
  if (!window.PublicKeyCredential) continue;
  const failed = form.querySelector("[data-failed]");
  form.querySelector("button").hidden = false;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    failed.hidden = true;
    try {
      const signed = await navigator.credentials.get({
        publicKey: {
          challenge: toBytes(form.dataset.challenge),
          rpId: form.dataset.rpId,
          allowCredentials: form.dataset.passkeys
            .trim()
            .split(" ")
            .map((id) => ({ type: "public-key", id: toBytes(id) })),
          userVerification: "required",
        },
      });
      form.elements.credential_id.value = toText(signed.rawId);
      form.elements.client_data.value = toText(signed.response.clientDataJSON);
      form.elements.authenticator_data.value = toText(signed.response.authenticatorData);
      form.elements.signature.value = toText(signed.response.signature);
      form.submit();
    } catch {
      failed.hidden = false;
    }
  });
}
