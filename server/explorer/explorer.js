// Runs the published operations as the person whose token was given. The token stays in this page's memory.
"use strict";

const byId = (id) => document.getElementById(id);
let token = "";

async function send(query, variables) {
  const headers = { "content-type": "application/json", accept: "application/graphql-response+json" };
  if (token) headers.authorization = `Bearer ${token}`;
  const response = await fetch("/graphql", { method: "POST", headers, body: JSON.stringify({ query, variables }) });
  return response.json();
}

byId("sign-in").addEventListener("submit", async (event) => {
  event.preventDefault();
  token = byId("token").value.trim();
  const answer = await send("{ viewer { delegate { name party { shortName capacity } } } }", {});
  const delegate = answer.data && answer.data.viewer && answer.data.viewer.delegate;
  byId("who").textContent = delegate
    ? `Signed in as ${delegate.name}, ${delegate.party.shortName} (${delegate.party.capacity}).`
    : `Nobody is signed in. ${answer.errors ? answer.errors[0].message : ""}`;
});

byId("run").addEventListener("submit", async (event) => {
  event.preventDefault();
  const started = performance.now();
  try {
    const answer = await send(byId("document").value, JSON.parse(byId("variables").value || "{}"));
    byId("answer").textContent = JSON.stringify(answer, null, 2);
  } catch (error) {
    byId("answer").textContent = `Could not run it: ${error.message}`;
  }
  byId("took").textContent = ` ${Math.round(performance.now() - started)} ms`;
});

function choose(button, operation) {
  for (const other of document.querySelectorAll("nav button")) other.removeAttribute("aria-current");
  button.setAttribute("aria-current", "true");
  byId("document").value = operation.body;
  byId("variables").value = JSON.stringify(operation.variables, null, 2);
}

async function list() {
  const areas = await (await fetch("/explorer/operations.json")).json();
  for (const [area, operations] of Object.entries(areas)) {
    const heading = document.createElement("li");
    heading.append(Object.assign(document.createElement("h2"), { textContent: area }));
    byId("operations").append(heading);
    for (const operation of operations) {
      const item = document.createElement("li");
      const button = Object.assign(document.createElement("button"), { type: "button", textContent: operation.name });
      button.addEventListener("click", () => choose(button, operation));
      item.append(button);
      byId("operations").append(item);
    }
  }
}

list();
