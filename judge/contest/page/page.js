
"use strict";
const element = id => document.getElementById(id);
const data = JSON.parse(element("data").textContent);
const pageRows = 100;

// view is everything that a reload keeps. It is in the entry of the history: a file has no other storage of its own.
const kept = history.state && history.state.contest === data.contest ? history.state : {};
const view = Object.assign({
  contest: data.contest, tab: "", search: "", team: "", problem: "", verdict: "", language: "", by: -1, down: data.timed, page: 0,
  paused: false, written: "", same: 0, x: 0, y: 0, scrolled: {}, focus: "", caret: null,
}, kept);

// Tabs. The sections are one below the other without this script.
const tabs = [...element("tabs").querySelectorAll("a")];
const panels = tabs.map(tab => element(tab.hash.slice(1)));
element("tabs").setAttribute("role", "tablist");
element("tabs").setAttribute("aria-label", "Sections");
tabs.forEach((tab, i) => {
  tab.setAttribute("role", "tab");
  tab.setAttribute("aria-controls", panels[i].id);
  panels[i].setAttribute("role", "tabpanel");
  panels[i].setAttribute("aria-labelledby", tab.id);
  tab.addEventListener("click", event => { event.preventDefault(); open(panels[i].id); });
});
element("tabs").addEventListener("keydown", event => {
  const at = tabs.indexOf(document.activeElement), last = tabs.length - 1;
  const to = { ArrowRight: at === last ? 0 : at + 1, ArrowLeft: at === 0 ? last : at - 1, Home: 0, End: last, " ": at }[event.key];
  if (at < 0 || to === undefined) return;
  event.preventDefault();
  open(panels[to].id);
  tabs[to].focus();
});
function open(id) {
  view.tab = panels.some(panel => panel.id === id) ? id : panels[0].id;
  panels.forEach((panel, i) => {
    const chosen = panel.id === view.tab;
    panel.classList.toggle("open", chosen);
    tabs[i].setAttribute("aria-selected", String(chosen));
    tabs[i].tabIndex = chosen ? 0 : -1;
  });
  save();
}
addEventListener("hashchange", () => open(location.hash.slice(1)));

// Submissions.
const [ID, TIME, TEAM, PROBLEM, LANGUAGE, VERDICT, SCORE, CPU, MEMORY, TEXT] = Array(10).keys();
const collator = new Intl.Collator("en", { numeric: true });
const order = list => { // the place of each entry by its text
  const sorted = list.map((_, i) => i).sort((a, b) => collator.compare(list[a], list[b])), place = [];
  sorted.forEach((i, at) => { place[i] = at; });
  return place;
};
const places = { [TEAM]: order(data.teams.map(t => t[1])), [LANGUAGE]: order(data.languages) };
const sortKey = (by, i) => {
  const value = data.rows[i][by];
  return by === TIME ? i : by in places ? places[by][value] : value === null ? -1 : value;
};
const words = data.rows.map(r => [r[ID], ...data.teams[r[TEAM]], ...data.problems[r[PROBLEM]], data.verdicts[r[VERDICT]], data.texts[r[TEXT]] ?? ""].join("\n").toLowerCase());
const selects = { team: TEAM, problem: PROBLEM, verdict: VERDICT, language: LANGUAGE };
const clock = s => (s < 0 ? "-" : "") + [Math.floor(Math.abs(s) / 3600), Math.floor(Math.abs(s) / 60) % 60, Math.abs(s) % 60].map((n, i) => i ? String(n).padStart(2, "0") : n).join(":");
const count = n => n.toLocaleString("en");
const body = element("list").tBodies[0];
let found = [];

function find() {
  const search = view.search.toLowerCase();
  const wanted = Object.entries(selects).filter(([id]) => view[id] !== "").map(([id, at]) => [at, Number(view[id])]);
  found = [...data.rows.keys()].filter(i => wanted.every(([at, value]) => data.rows[i][at] === value) && (search === "" || words[i].includes(search)));
  const by = view.by < 0 ? TIME : view.by, sign = view.down ? -1 : 1;
  const keys = found.map(i => sortKey(by, i));
  const at = [...found.keys()].sort((a, b) => sign * (by === ID ? collator.compare(keys[a], keys[b]) : keys[a] - keys[b]));
  found = at.map(k => found[k]);
  view.page = Math.max(0, Math.min(view.page, Math.ceil(found.length / pageRows) - 1));
  write();
}
function cell(tag, text, kind) {
  const made = document.createElement(tag), inner = document.createElement("bdi");
  if (tag === "th") made.scope = "row";
  if (kind) made.className = kind;
  inner.textContent = text;
  made.append(inner);
  return made;
}
function line(r) {
  const made = document.createElement("tr"), verdict = data.verdicts[r[VERDICT]];
  made.append(cell("th", r[ID]));
  if (data.timed) made.append(cell("td", clock(r[TIME]), "number"));
  made.append(cell("td", data.teams[r[TEAM]][1], "name"), cell("td", data.problems[r[PROBLEM]][0]), cell("td", verdict, verdict));
  if (data.scored) made.append(cell("td", r[SCORE] === null ? "" : String(r[SCORE]), "number"));
  made.append(cell("td", data.languages[r[LANGUAGE]]), cell("td", r[CPU] < 0 ? "" : (r[CPU] / 1000).toFixed(2) + " s", "number"), cell("td", r[MEMORY] < 0 ? "" : (r[MEMORY] / 1024).toFixed(1) + " MiB", "number"));
  made.append(cell("td", data.texts[r[TEXT]] ?? "", "text"));
  return made;
}
function write() {
  const first = view.page * pageRows, shown = found.slice(first, first + pageRows), pages = Math.max(1, Math.ceil(found.length / pageRows));
  body.replaceChildren(...shown.map(i => line(data.rows[i])));
  element("count").textContent = `${count(found.length)} of ${count(data.rows.length)} submissions`;
  element("place").textContent = `Page ${count(view.page + 1)} of ${count(pages)}`;
  element("previous").disabled = view.page === 0;
  element("next").disabled = view.page + 1 >= pages;
  for (const head of element("list").tHead.querySelectorAll("th")) {
    const button = head.querySelector("button");
    if (button && Number(button.dataset.by) === view.by) head.setAttribute("aria-sort", view.down ? "descending" : "ascending");
    else head.removeAttribute("aria-sort");
  }
  save();
}
function turn(by) {
  view.page += by;
  write();
  element("scroll-submissions").scrollTop = 0;
  element("count").textContent += `, page ${count(view.page + 1)}`;
  const [asked, other] = by > 0 ? ["next", "previous"] : ["previous", "next"];
  if (element(asked).disabled) element(other).focus(); // a disabled button loses the focus
}
for (const id of ["search", ...Object.keys(selects)]) {
  const control = element(id);
  control.value = view[id];
  if (control.value !== view[id]) view[id] = control.value = "";
  control.addEventListener("input", () => { view[id] = control.value; view.page = 0; find(); });
}
element("reset").addEventListener("click", () => {
  for (const id of ["search", ...Object.keys(selects)]) view[id] = element(id).value = "";
  view.page = 0;
  find();
});
element("previous").addEventListener("click", () => turn(-1));
element("next").addEventListener("click", () => turn(1));
element("list").tHead.addEventListener("click", event => {
  const button = event.target.closest("button");
  if (!button) return;
  const by = Number(button.dataset.by);
  view.down = view.by === by && !view.down;
  view.by = by;
  view.page = 0;
  find();
});
const teamNumbers = new Map(data.teams.map((t, i) => [t[0], i]));
for (const named of document.querySelectorAll("[data-team]")) { // a team's name leads to its submissions
  const link = document.createElement("a");
  link.href = "#submissions";
  link.id = "team-" + named.dataset.team;
  named.replaceWith(link);
  link.append(named);
  link.addEventListener("click", event => {
    event.preventDefault();
    element("reset").click();
    view.team = element("team").value = String(teamNumbers.get(named.dataset.team) ?? "");
    find();
    open("submissions");
    element("team").focus();
  });
}

// Reloading. It keeps the view, waits while somebody works with the page, and can be paused.
function save() {
  try { history.replaceState(view, ""); } catch { /* a browser that refuses many changes keeps an older view */ }
}
function remember() {
  const active = document.activeElement;
  view.focus = active && active !== document.body ? active.id : "";
  view.caret = active && active.id === "search" ? [active.selectionStart, active.selectionEnd] : null;
  [view.x, view.y] = [scrollX, scrollY];
  view.scrolled = {};
  for (const region of document.querySelectorAll(".scroll[id]"))
    if (region.scrollTop || region.scrollLeft) view.scrolled[region.id] = [region.scrollLeft, region.scrollTop];
  save();
}
function restore() {
  for (const [id, [left, top]] of Object.entries(view.scrolled)) if (element(id)) element(id).scrollTo(left, top);
  const target = view.focus && element(view.focus);
  if (target) target.focus({ preventScroll: true });
  if (target && view.caret) target.setSelectionRange(...view.caret);
  scrollTo(view.x, view.y);
}
function reloading(seconds) {
  let active = 0;
  const loaded = Date.now(), pause = element("pause");
  for (const kind of ["keydown", "pointerdown", "pointermove", "wheel", "touchmove", "input", "focusin", "scroll", "selectionchange"])
    addEventListener(kind, () => { active = Date.now(); }, { capture: true, passive: true });
  // The page stays the same while nobody writes it, so that it asks less and less often.
  view.same = view.written === data.written ? Math.min(view.same + 1, 6) : 0;
  view.written = data.written;
  if (view.same >= 3) element("stale").textContent = `Nothing has changed since ${data.written}. Check that grading is still running.`;
  const wait = Math.max(seconds, Math.min(60, seconds * 2 ** Math.max(0, view.same - 2)));
  const label = () => pause.setAttribute("aria-pressed", String(view.paused));
  pause.addEventListener("click", () => { view.paused = !view.paused; label(); save(); });
  label();
  save();
  setInterval(() => {
    const busy = document.activeElement.matches("input, select") || !getSelection().isCollapsed;
    const quiet = Date.now() - active >= (busy ? 3 : 1) * seconds * 1000;
    if (view.paused || document.hidden || !quiet || Date.now() - loaded < wait * 1000) return;
    remember();
    location.reload();
  }, Math.min(1000, seconds * 250));
}
history.scrollRestoration = "manual";
open(view.tab || location.hash.slice(1));
find();
restore();
let later = 0; // a reload by the reader gives no time to save, so that the place is saved while it changes
for (const kind of ["focusin", "scroll"])
  addEventListener(kind, () => { clearTimeout(later); later = setTimeout(remember, 200); }, { capture: true, passive: true });
if (Number(document.documentElement.dataset.reload) > 0) reloading(Number(document.documentElement.dataset.reload));
