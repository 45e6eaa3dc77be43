// Ids and keys in place of examples: what the person's own data hold, and a key that was never used.

const TITLES = ["title", "shortTitle", "shortName", "name", "label", "number", "text"];
const EXAMPLE = /^(\w+ )?id$/i;
const known = new Map();
const prefixes = new Map();
const made = new Set();

// Keeps the ids of everything in an answer by their first three letters, and which letters a type has.
export function learn(value) {
  if (Array.isArray(value)) value.forEach(learn);
  if (!value || typeof value !== "object") return;
  if (/^[A-Z]{3}_/.test(value.id)) {
    const prefix = value.id.slice(0, 3);
    const title = TITLES.map((name) => value[name]).find((each) => ["string", "number"].includes(typeof each));
    if (value.__typename) prefixes.set(value.__typename, prefix);
    if (!known.has(prefix)) known.set(prefix, new Map());
    known.get(prefix).set(value.id, title === undefined ? known.get(prefix).get(value.id) || "" : String(title).slice(0, 60));
  }
  Object.values(value).forEach(learn);
}

// Returns the ids of a type, the last seen first, as [id, title].
export function idsOf(type) {
  return [...(known.get(prefixes.get(type)) || [])].reverse();
}

// Returns the examples of ids in variables, as {path, type}.
export function examplesIn(variables, path = []) {
  if (typeof variables === "string") return EXAMPLE.test(variables) ? [{ path, type: variables.split(" ")[0] }] : [];
  if (!variables || typeof variables !== "object") return [];
  return Object.entries(variables).flatMap(([name, value]) => examplesIn(value, [...path, name]));
}

export function put(variables, path, value) {
  const [last, ...above] = [...path].reverse();
  const holder = above.reverse().reduce((at, name) => at && at[name], variables);
  if (holder) holder[last] = value;
}

// Returns variables in which every example of a key is a fresh key.
export function withKeys(variables) {
  return walk(variables, (name, value) => (name === "idempotencyKey" ? fresh() : value));
}

// Returns a text in which every key that was put in is a fresh one. A key that somebody wrote stays: it repeats an act.
export function renewKeys(text) {
  return text.replace(/"idempotencyKey":\s*"([^"]+)"/g, (all, key) => (made.has(key) ? all.replace(key, fresh()) : all));
}

function fresh() {
  const key = crypto.randomUUID();
  made.add(key);
  return key;
}

function walk(value, change) {
  if (Array.isArray(value)) return value.map((each) => walk(each, change));
  if (!value || typeof value !== "object") return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, change(name, walk(inner, change))]));
}
