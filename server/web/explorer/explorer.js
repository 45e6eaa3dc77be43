// Runs the published operations as the person who is signed in in this browser, or whose token was given. The token
// stays in this page's memory.
import { complete } from "./completion.js";
import { examplesIn, idsOf, learn, put, renewKeys, withKeys } from "./ids.js";
import { show } from "./reference.js";

const byId = (id) => document.getElementById(id);
const WHO = "{ viewer { person { name } standing { id } standings { id isOnBehalf party { name capacity } } } }";
const MOST_EVENTS = 50;
const LISTS = ["InstrumentList", "RoundList", "BodyList", "PartyList", "ProposalList", "WorkPlanList"];
let token = "";
let actingAs = "";
let areas = {};
let stream = null;
let read = new Set();

// The schema is large, so it is fetched when it is first needed.
let promised = null;
const schema = () => (promised ??= fetch("/explorer/schema.json").then((response) => response.json()));

function ask(query, variables, accept, signal) {
  const headers = { "content-type": "application/json", accept };
  if (token) headers.authorization = `Bearer ${token}`;
  if (actingAs) headers["acting-as"] = actingAs;
  return fetch("/graphql", { method: "POST", headers, body: JSON.stringify({ query, variables }), signal });
}

async function send(query, variables) {
  const answer = await (await ask(query, variables, "application/graphql-response+json")).json();
  learn(answer.data);
  return answer;
}

function named(standing) {
  const name = standing.party ? `${standing.party.name} (${standing.party.capacity})` : standing.id;
  return standing.isOnBehalf ? `${name}, on its behalf` : name;
}

async function greet() {
  const answer = await send(WHO, {});
  const viewer = answer.data && answer.data.viewer;
  const standings = viewer ? viewer.standings : [];
  const chosen = viewer && viewer.standing && standings.find((each) => each.id === viewer.standing.id);
  const options = standings.map((each) => new Option(named(each), each.id, false, Boolean(chosen) && each.id === chosen.id));
  byId("standing").replaceChildren(...(chosen ? [] : [new Option("choose", "", true, true)]), ...options);
  byId("standings").hidden = standings.length < 2;
  byId("door").hidden = Boolean(viewer);
  if (!viewer) byId("who").textContent = `Nobody is signed in. ${answer.errors ? answer.errors[0].message : ""}`;
  else {
    const then = chosen ? `for ${named(chosen)}` : standings.length ? "choose for which party you speak" : "accredited for no party today";
    byId("who").textContent = `${viewer.person ? viewer.person.name : "Somebody"}, ${then}.`;
  }
}

// Reads events as the protocol of graphql-sse has them, and shows the newest first.
async function follow(query, variables) {
  stream = new AbortController();
  byId("stop").hidden = false;
  byId("answer").textContent = "Waiting for the first event.";
  const events = [];
  const response = await ask(query, variables, "text/event-stream", stream.signal);
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let text = "";
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    const blocks = (text + value).split("\n\n");
    text = blocks.pop();
    for (const block of blocks) {
      const data = block.split("\n").find((line) => line.startsWith("data: "));
      if (!block.includes("event: next") || !data) continue;
      const event = JSON.parse(data.slice(6));
      learn(event.data);
      events.unshift(`${new Date().toLocaleTimeString()}\n${JSON.stringify(event, null, 2)}`);
      byId("answer").textContent = events.slice(0, MOST_EVENTS).join("\n\n");
    }
  }
  return `The server ended the stream after ${events.length} events.`;
}

async function run(query, variables) {
  if (/^\s*subscription\b/m.test(query)) return follow(query, variables);
  const started = performance.now();
  byId("answer").textContent = JSON.stringify(await send(query, variables), null, 2);
  return `${Math.round(performance.now() - started)} ms`;
}

byId("run").addEventListener("submit", async (event) => {
  event.preventDefault();
  if (byId("go").disabled) return;
  byId("go").disabled = true;
  byId("took").textContent = "";
  try {
    byId("took").textContent = await run(byId("document").value, JSON.parse(byId("variables").value || "{}"));
    byId("variables").value = renewKeys(byId("variables").value);
  } catch (error) {
    if (error.name === "AbortError") byId("took").textContent = "Stopped.";
    else byId("answer").textContent = `Could not run it: ${error.message}`;
  } finally {
    byId("go").disabled = false;
    if (document.activeElement === byId("stop")) byId("go").focus();
    byId("stop").hidden = true;
    stream = null;
  }
});

byId("stop").addEventListener("click", () => stream.abort());
byId("sign-in").addEventListener("submit", (event) => {
  event.preventDefault();
  token = byId("token").value.trim();
  actingAs = "";
  read = new Set();
  greet();
});
byId("standing").addEventListener("change", () => {
  actingAs = byId("standing").value;
  greet();
});

// Reads published lists until an id of a type is known: that of its own name first, then those that hold much.
async function find(type) {
  for (const name of [`${type}List`, ...LISTS]) {
    if (idsOf(type).length) return;
    const operation = Object.values(areas).flat().find((each) => each.name === name);
    const isPlain = operation && !Object.keys(operation.variables).length && !read.has(name);
    if (isPlain) {
      read.add(name);
      await send(operation.body, operation.body.includes("$first") ? { first: 20 } : {});
    }
  }
}

// Ids come from the answers so far; where there is none of a type, lists are read first.
async function fill(operation) {
  const variables = withKeys(operation.variables);
  const examples = examplesIn(variables);
  for (const { type } of examples) await find(type);
  for (const { path, type } of examples) if (idsOf(type).length) put(variables, path, idsOf(type)[0][0]);
  byId("variables").value = JSON.stringify(variables, null, 2);
  const chooser = ({ path, type }, number) => {
    const field = Object.assign(document.createElement("div"), { className: "field" });
    const label = Object.assign(document.createElement("label"), { htmlFor: `id-${number}`, textContent: `${path.join(".")}: ${type}` });
    const select = Object.assign(document.createElement("select"), { id: `id-${number}` });
    select.append(...idsOf(type).map(([id, title]) => new Option(title ? `${title} (${id})` : id, id)));
    select.addEventListener("change", () => {
      const written = JSON.parse(byId("variables").value);
      put(written, path, select.value);
      byId("variables").value = JSON.stringify(written, null, 2);
    });
    field.append(label, select);
    return field;
  };
  byId("ids").replaceChildren(...examples.filter(({ type }) => idsOf(type).length).map(chooser));
  byId("ids").hidden = !byId("ids").childElementCount;
}

function choose(button, operation) {
  for (const other of byId("operations").querySelectorAll("button")) other.removeAttribute("aria-current");
  button.setAttribute("aria-current", "true");
  byId("document").value = operation.source;
  fill(operation);
}

function list() {
  const wanted = byId("wanted").value.trim().toLowerCase();
  const rows = Object.entries(areas).flatMap(([area, operations]) => {
    const fitting = operations.filter(({ name }) => name.toLowerCase().includes(wanted));
    const buttons = fitting.map((operation) => {
      const button = Object.assign(document.createElement("button"), { type: "button", className: "quiet", textContent: operation.name });
      button.addEventListener("click", () => choose(button, operation));
      return button;
    });
    return [...(buttons.length ? [Object.assign(document.createElement("h3"), { textContent: area })] : []), ...buttons];
  });
  byId("operations").replaceChildren(...rows.map((row) => {
    const item = document.createElement("li");
    item.append(row);
    return item;
  }));
}

byId("wanted").addEventListener("input", list);
complete(byId("document"), byId("names"), byId("names-count"), schema);
show(byId("reference"), byId("sought"), byId("sought-count"), schema);
greet();
fetch("/explorer/operations.json").then(async (response) => {
  areas = await response.json();
  list();
});
