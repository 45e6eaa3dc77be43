// Shows the schema beside the request: a searchable list of types and fields, and one type with everything in it.

const MOST = 60;

const element = (name, content, more = {}) => {
  const made = Object.assign(document.createElement(name), more);
  made.append(...[content].flat());
  return made;
};

export function show(place, search, count, schema) {
  const open = async (name) => {
    const { types } = await schema();
    place.replaceChildren(...pageOf(name, types[name], types, open));
    count.textContent = "";
  };

  const list = async () => {
    const { roots, types } = await schema();
    const sought = search.value.trim().toLowerCase();
    const found = sought ? matching(types, sought) : Object.values(roots).map((name) => ({ name, words: types[name].description }));
    count.textContent = sought ? `${found.length} found${found.length > MOST ? `, the first ${MOST} are shown` : ""}.` : "";
    const rows = found.slice(0, MOST).flatMap(({ name, field, words }) => [
      element("dt", [linkTo(name, field ? `${name}.${field}` : name, open)]),
      element("dd", words),
    ]);
    place.replaceChildren(element("dl", rows));
  };

  search.addEventListener("input", list);
  search.addEventListener("focus", () => place.childElementCount || list());
  return open;
}

// Returns types and fields whose name holds what is sought, then those whose description does.
function matching(types, sought) {
  const all = Object.entries(types).flatMap(([name, { description, fields, values }]) => [
    { name, words: description },
    ...Object.entries(fields || {}).map(([field, entry]) => ({ name, field, words: `${entry.type}. ${entry.description}` })),
    ...Object.entries(values || {}).map(([field, words]) => ({ name, field, words })),
  ]);
  const holds = ({ name, field }) => (field || name).toLowerCase();
  const rank = (each) => [holds(each) === sought, holds(each).startsWith(sought), holds(each).includes(sought), each.words.toLowerCase().includes(sought)].indexOf(true);
  return all.filter((each) => rank(each) >= 0).sort((one, other) => rank(one) - rank(other));
}

function linkTo(name, words, open) {
  const button = element("button", words, { type: "button", className: "quiet" });
  button.addEventListener("click", () => open(name));
  return button;
}

function typed(type, types, open) {
  const name = type.replace(/[[\]!]/g, "");
  const [before, after] = type.split(name);
  return element("span", name in types && types[name].kind !== "scalar" ? [before, linkTo(name, name, open), after] : type);
}

function pageOf(name, { kind, description, fields, values, members }, types, open) {
  const heading = element("h3", `${kind} ${name}`, { tabIndex: -1 });
  const rows = [
    ...Object.entries(fields || {}).flatMap(([field, entry]) => [
      element("dt", [element("code", field), ": ", typed(entry.type, types, open)]),
      element("dd", entry.description),
      ...Object.entries(entry.args || {}).map(([argument, { type, description: words }]) =>
        element("dd", [element("code", argument), ": ", typed(type, types, open), words && ` ${words}`])),
    ]),
    ...Object.entries(values || {}).flatMap(([value, words]) => [element("dt", element("code", value)), element("dd", words)]),
    ...(members || []).map((member) => element("dt", linkTo(member, member, open))),
  ];
  setTimeout(() => heading.focus());
  return [heading, element("p", description), ...(rows.length ? [element("dl", rows)] : [])];
}
