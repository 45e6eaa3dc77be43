// Completes names in a GraphQL document: finds out what may stand at the caret, and offers it in a list below the field.

const TOKENS = /#[^\n]*|"""[\s\S]*?"""|"(?:\\.|[^"\\\n])*"?|\.\.\.|[A-Za-z_]\w*|[{}()[\]:$@]/g;
const ROOTS = ["query", "mutation", "subscription"];
const MOST = 40;

const named = (type) => type.replace(/[[\]!]/g, "");

// Returns the entries of the names that may stand at the end of a text: name to {type, description}.
export function namesAt(text, { roots, types }) {
  const stack = [];
  let pending = null;
  let afterOn = false;
  let previous = "";
  for (const [token] of text.replace(/\w*$/, "").matchAll(TOKENS)) {
    if (token.startsWith("#") || token.startsWith('"')) continue;
    const at = stack.at(-1);
    if (token === "{") {
      stack.push({ fields: pending ? (types[named(pending.type)] || {}).fields : null });
      pending = null;
    } else if (token === "(") {
      stack.push({ fields: pending && pending.args, isArguments: true, field: pending });
      pending = null;
    } else if (token === "}" || token === ")") {
      const closed = stack.pop();
      pending = closed && closed.isArguments ? closed.field : null;
    } else if (token === "...") {
      pending = null;
    } else if (/^\w/.test(token) && previous !== "$" && previous !== "@") {
      if (previous === "on" && afterOn) pending = { type: token };
      else if (!at && ROOTS.includes(token)) pending = { type: roots[token] };
      else if (at) pending = (at.fields || {})[token] || null;
    }
    afterOn = token === "on" && (previous === "..." || !at);
    previous = token;
  }
  if (afterOn) return compositesOf(types);
  if (!stack.length) return Object.fromEntries(ROOTS.map((root) => [root, { type: roots[root] || "", description: "" }]));
  return stack.at(-1).fields || {};
}

function compositesOf(types) {
  const composite = Object.entries(types).filter(([, type]) => ["type", "interface", "union"].includes(type.kind));
  return Object.fromEntries(composite.map(([name, { kind, description }]) => [name, { type: kind, description }]));
}

// Offers names for a field while somebody types. `schema()` promises the schema.
export function complete(field, list, count, schema) {
  let chosen = -1;

  const hide = () => {
    list.hidden = true;
    list.replaceChildren();
    chosen = -1;
    field.removeAttribute("aria-activedescendant");
    count.textContent = "";
  };

  const take = (name) => {
    const [before, after] = [field.value.slice(0, field.selectionStart), field.value.slice(field.selectionStart)];
    field.setRangeText(name, before.length - before.match(/\w*$/)[0].length, before.length + after.match(/^\w*/)[0].length, "end");
    field.focus();
    hide();
  };

  const choose = (place) => {
    const options = [...list.children];
    chosen = (place + options.length) % options.length;
    options.forEach((option, number) => option.setAttribute("aria-selected", String(number === chosen)));
    field.setAttribute("aria-activedescendant", options[chosen].id);
    options[chosen].scrollIntoView({ block: "nearest" });
  };

  const offer = async (isAsked) => {
    const before = field.value.slice(0, field.selectionStart);
    const [word] = before.match(/\w*$/);
    if (!word && !isAsked) return hide();
    const fitting = Object.entries(namesAt(before, await schema())).filter(([name]) => name.toLowerCase().startsWith(word.toLowerCase()));
    if (!fitting.length || (fitting.length === 1 && fitting[0][0] === word)) return hide();
    chosen = -1;
    fitting.sort(([one], [other]) => one.localeCompare(other));
    list.replaceChildren(...fitting.slice(0, MOST).map(([name, entry], number) => optionOf(name, entry, number, take)));
    list.hidden = false;
    count.textContent = fitting.length === 1 ? "1 name fits." : `${fitting.length} names fit.`;
  };

  field.addEventListener("input", () => offer(false));
  field.addEventListener("blur", () => setTimeout(hide, 200));
  field.addEventListener("keydown", (event) => {
    if (event.key === " " && event.ctrlKey) {
      event.preventDefault();
      offer(true);
    } else if (!list.hidden && ["ArrowDown", "ArrowUp"].includes(event.key)) {
      event.preventDefault();
      choose(event.key === "ArrowDown" ? chosen + 1 : Math.max(chosen, 0) - 1);
    } else if (!list.hidden && event.key === "Enter" && chosen >= 0) {
      event.preventDefault();
      take(list.children[chosen].dataset.name);
    } else if (event.key === "Escape") {
      hide();
    }
  });
}

function optionOf(name, { type, description }, number, take) {
  const option = Object.assign(document.createElement("li"), { id: `name-${number}` });
  option.setAttribute("role", "option");
  option.setAttribute("aria-selected", "false");
  option.dataset.name = name;
  option.append(Object.assign(document.createElement("code"), { textContent: name }), ` ${type} `);
  option.append(Object.assign(document.createElement("span"), { className: "hint", textContent: description.split(". ")[0] }));
  option.addEventListener("mousedown", (event) => {
    event.preventDefault();
    take(name);
  });
  return option;
}
