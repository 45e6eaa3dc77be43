// Passkeys: asks the server for options, the browser for an answer, and sends it as an ordinary form.
"use strict";

const say = (form, message) => {
  const said = form.querySelector("[data-said]");
  said.textContent = message;
  said.hidden = message === "";
};

async function optionsFor(form) {
  const response = await fetch(form.dataset.options, { method: "POST", body: new URLSearchParams(new FormData(form)) });
  const answer = (response.headers.get("content-type") || "").startsWith("application/json") && (await response.json());
  if (!response.ok || !answer) throw new Error((answer && answer.message) || form.dataset.failed);
  return answer;
}

async function credentialFor(form) {
  const options = await optionsFor(form);
  if (form.dataset.passkey === "add") {
    const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(options);
    return navigator.credentials.create({ publicKey });
  }
  const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(options);
  return navigator.credentials.get({ publicKey });
}

for (const form of document.querySelectorAll("form[data-passkey]")) {
  const isAble = "PublicKeyCredential" in window && "parseRequestOptionsFromJSON" in PublicKeyCredential;
  form.hidden = !isAble;
  for (const other of document.querySelectorAll("[data-without-passkeys]")) other.hidden = isAble;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    say(form, "");
    try {
      form.elements.credential.value = JSON.stringify(await credentialFor(form));
      const password = form.elements.password;
      if (password) password.disabled = true;
      form.submit();
    } catch (error) {
      say(form, error.name === "NotAllowedError" ? form.dataset.cancelled : error.message);
    }
  });
}
