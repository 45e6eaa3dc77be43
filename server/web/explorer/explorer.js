// Runs the published operations as the person who is signed in in this browser, or whose token was given. The token
// stays in this page's memory.
"use strict";

const byId = (id) => document.getElementById(id);
const WHO = "{ viewer { person { name } standing { id } standings { id isOnBehalf party { name capacity } } } }";
let token = "";
let actingAs = "";
let template = {};

async function send(query, variables) {
  const headers = { "content-type": "application/json", accept: "application/graphql-response+json" };
  if (token) headers.authorization = `Bearer ${token}`;
  if (actingAs) headers["acting-as"] = actingAs;
  const response = await fetch("/graphql", { method: "POST", headers, body: JSON.stringify({ query, variables }) });
  return response.json();
}

function named(standing) {
  const name = standing.party ? `${standing.party.name} (${standing.party.capacity})` : standing.id;
  return standing.isOnBehalf ? `${name}, on its behalf` : name;
}

function offer(standings, chosen) {
  const options = standings.map((standing) => new Option(named(standing), standing.id, false, standing.id === chosen));
  if (!chosen) options.unshift(new Option("choose", "", true, true));
  byId("standing").replaceChildren(...options);
  byId("standing").hidden = byId("standing").labels[0].hidden = standings.length < 2;
}

async function ask() {
  const answer = await send(WHO, {});
  const viewer = answer.data && answer.data.viewer;
  const standings = viewer ? viewer.standings : [];
  const name = viewer && viewer.person ? viewer.person.name : "somebody";
  const chosen = viewer && viewer.standing ? standings.find((each) => each.id === viewer.standing.id) : null;
  offer(standings, chosen && chosen.id);
  byId("door").hidden = Boolean(viewer);
  byId("leave").hidden = !viewer || Boolean(token);
  if (!viewer) {
    byId("who").textContent = `Nobody is signed in. ${answer.errors ? answer.errors[0].message : ""}`;
  } else if (chosen) {
    byId("who").textContent = `Signed in as ${name}, ${named(chosen)}.`;
  } else {
    const then = standings.length ? "Choose for which party you speak." : "Accredited for no party today.";
    byId("who").textContent = `Signed in as ${name}. ${then}`;
  }
}

byId("sign-in").addEventListener("submit", (event) => {
  event.preventDefault();
  token = byId("token").value.trim();
  actingAs = "";
  ask();
});

byId("standing").addEventListener("change", () => {
  actingAs = byId("standing").value;
  ask();
});

// A key that still is the template's becomes a fresh one at each run, wherever in the variables it stands.
function withFreshKeys(variables, from) {
  if (variables === null || typeof variables !== "object" || Array.isArray(variables)) return variables;
  const fresh = ([name, value]) => {
    const isTemplate = name === "idempotencyKey" && from && value === from[name];
    return [name, isTemplate ? crypto.randomUUID() : withFreshKeys(value, from && from[name])];
  };
  return Object.fromEntries(Object.entries(variables).map(fresh));
}

// The second click of a double click would run it twice, and an answer that is shown only once would be lost.
byId("go").addEventListener("click", (event) => {
  if (event.detail > 1) event.preventDefault();
});

byId("run").addEventListener("submit", async (event) => {
  event.preventDefault();
  byId("go").disabled = true;
  const started = performance.now();
  try {
    const variables = JSON.parse(byId("variables").value || "{}");
    const answer = await send(byId("document").value, withFreshKeys(variables, template));
    byId("answer").textContent = JSON.stringify(answer, null, 2);
  } catch (error) {
    byId("answer").textContent = `Could not run it: ${error.message}`;
  } finally {
    byId("go").disabled = false;
  }
  byId("took").textContent = ` ${Math.round(performance.now() - started)} ms`;
});

function choose(button, operation) {
  for (const other of document.querySelectorAll("nav button")) other.removeAttribute("aria-current");
  button.setAttribute("aria-current", "true");
  template = operation.variables;
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
ask();
