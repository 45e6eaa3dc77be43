// What makes the reading page quicker, and nothing that it needs: the change is shown while one types, selected words
// travel with the link to comment, and a button prints. Nothing here decides anything: the server makes all of it again.

const cut = text => text.match(/[\p{L}\p{N}]+|\s+|[^\p{L}\p{N}\s]/gu) ?? [];
const MOST = 1_000_000; // comparisons of words; a longer change is shown as one replacement

function commonEnds(a, b) {
  let start = 0, end = 0;
  const most = Math.min(a.length, b.length);
  while (start < most && a[start] === b[start]) start++;
  while (end < most - start && a[a.length - 1 - end] === b[b.length - 1 - end]) end++;
  return [start, end];
}

function middleRuns(a, b) {
  if (a.length * b.length > MOST) return [["DELETE", a.join("")], ["INSERT", b.join("")]];
  const best = Array.from({ length: a.length + 1 }, () => new Uint16Array(b.length + 1));
  for (let i = a.length - 1; i >= 0; i--)
    for (let j = b.length - 1; j >= 0; j--)
      best[i][j] = a[i] === b[j] ? best[i + 1][j + 1] + 1 : Math.max(best[i + 1][j], best[i][j + 1]);
  const runs = [];
  const put = (kind, text) => (runs.at(-1)?.[0] === kind ? (runs.at(-1)[1] += text) : runs.push([kind, text]));
  let i = 0, j = 0;
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && a[i] === b[j]) { put("KEEP", a[i++]); j++; }
    else if (i < a.length && (j === b.length || best[i + 1][j] >= best[i][j + 1])) put("DELETE", a[i++]);
    else put("INSERT", b[j++]);
  }
  return runs;
}

function runsBetween(before, after) {
  const a = cut(before), b = cut(after), [start, end] = commonEnds(a, b);
  return [
    ["KEEP", a.slice(0, start).join("")],
    ...middleRuns(a.slice(start, a.length - end), b.slice(start, b.length - end)),
    ["KEEP", a.slice(a.length - end).join("")],
  ].filter(([, text]) => text);
}

function unseen(text) {
  const span = document.createElement("span");
  span.className = "unseen";
  span.textContent = text;
  return span;
}

function markUp([kind, text], said) {
  if (kind === "KEEP" || !text.trim()) return [text];
  const element = document.createElement(kind === "INSERT" ? "ins" : "del"), core = text.trim();
  const [first, last] = text.split(core, 2);
  element.append(unseen(`[${said[kind]}: `), core, unseen("]"));
  return [first, element, last];
}

for (const form of document.querySelectorAll("form[data-before]")) {
  const area = form.querySelector("textarea[name='proposedWording!']"), place = form.querySelector("[data-preview]");
  if (!area || !place) continue;
  const said = { INSERT: form.dataset.inserted, DELETE: form.dataset.deleted };
  let waits = false;
  const show = () => {
    waits = false;
    place.replaceChildren(...runsBetween(form.dataset.before, area.value).flatMap(run => markUp(run, said)));
    const box = place.closest("[data-live]");
    if (box) box.hidden = area.value === form.dataset.before;
  };
  area.addEventListener("input", () => {
    // what the server said about an earlier change is not true of this one
    for (const old of form.querySelectorAll("[data-said]")) old.hidden = true;
    if (!waits) requestAnimationFrame(show);
    waits = true;
  });
}

document.addEventListener("selectionchange", () => {
  const chosen = getSelection();
  const text = chosen.anchorNode?.parentElement?.closest(".provision .text");
  if (!text || chosen.isCollapsed || !text.contains(chosen.focusNode)) return;
  const part = chosen.getRangeAt(0).cloneContents();
  for (const letter of part.querySelectorAll(".ref, [aria-hidden]")) letter.remove();
  const words = part.textContent.trim(), link = text.closest(".provision").querySelector(".tools a[href*='on=']");
  if (!link || !words) return;
  const address = new URL(link.href);
  address.searchParams.set("words", words);
  link.href = address;
});

for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => print());
}
