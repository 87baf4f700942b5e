// The search page: names in any spelling, words with a slip, in pages, charts, terms, people and rows of the evidence.
// MiniSearch indexes what search.py has written, once something is searched.
import MiniSearch from "minisearch";
import { load } from "./data.js";
import { terms, tokens } from "./words.js";

const PAGE = 20; // results shown at first, and added by the button below them
const FILES = ["report", "evidence", "sources"]; // from small to large
const KINDS = {
  page: ["Page", 1.5],
  section: ["Section", 1.25],
  chart: ["Chart", 1.3],
  term: ["Term", 1.8],
  person: ["Person", 1.6],
  event: ["Event", 1],
  promise: ["Promise", 0.9],
  contact: ["Contact", 0.7],
  vote: ["Vote", 1],
  claim: ["Claim of the essay", 0.8],
  source: ["Source", 0.5],
};
const TOO_COMMON = new Set("a an and at by for from in is it of on or the to was with".split(" "));
const AROUND = 130; // letters of a text shown before and after the first word found
const TYPING = 180; // milliseconds without a key after which results follow

const searched = (text) => terms(text).filter((term) => !TOO_COMMON.has(term));

const index = new MiniSearch({
  fields: ["title", "text", "where"],
  storeFields: ["kind", "title", "text", "address", "where"],
  tokenize: searched,
  processTerm: (term) => term,
});

/** Entries that fit, best first: all words, or some of them where no entry has all. */
function find(query) {
  const options = {
    boost: { title: 4, text: 1, where: 1 },
    boostDocument: (_, __, { kind }) => KINDS[kind][1],
    prefix: (term, place, all) => place === all.length - 1 || /\d/.test(term),
    fuzzy: (term) => (term.length < 5 || /\d/.test(term) ? false : 0.2),
    weights: { prefix: 0.5, fuzzy: 0.3 },
  };
  const found = index.search(query, { ...options, combineWith: "AND" });
  const whole = found.length > 0;
  const own = query.trim().toLowerCase();
  const results = whole ? found : index.search(query, { ...options, combineWith: "OR" });
  // Of terms that count as one, the one that was typed comes first.
  for (const result of results) if (result.title.toLowerCase() === own) result.score *= 2;
  return { whole, results: results.sort((a, b) => b.score - a.score) };
}

function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children.flat());
  return element;
}

/** A text with its found words marked, shortened to what stands around the first of them. */
function marked(text, found, whole) {
  const places = tokens(text).filter((token) => token.terms.some((term) => found.has(term)));
  let [start, end] = [0, text.length];
  if (!whole) {
    const first = places[0]?.start ?? 0;
    start = first > AROUND ? text.lastIndexOf(" ", first - AROUND / 2) + 1 : 0;
    if (text.length > start + 2 * AROUND) end = text.lastIndexOf(" ", start + 2 * AROUND);
  }
  const parts = start ? ["… "] : [];
  let done = start;
  for (const place of places) {
    if (place.start < done || place.end > end) continue;
    parts.push(text.slice(done, place.start), make("mark", {}, text.slice(place.start, place.end)));
    done = place.end;
  }
  parts.push(text.slice(done, end), end < text.length ? " …" : "");
  return parts;
}

/** Where an entry leads: a page of the book, or the explorer opened at a row. */
const addressOf = ({ kind, address }) =>
  kind === "claim" ? "notebooks/claims.html" : address.includes(".html") ? address : `notebooks/explorer.html#${address}`;

function entry(result) {
  const { kind, title, text, where } = result;
  const found = new Set(Object.keys(result.match));
  const about = [KINDS[kind][0], where].filter(Boolean).join(" · ");
  return make("li", { "data-kind": kind },
    make("p", { class: "search-title" }, make("a", { href: addressOf(result) }, marked(title, found, true))),
    make("p", { class: "search-about" }, about),
    text ? make("p", { class: "search-text" }, marked(text, found, false)) : []);
}

function start(box) {
  const { base, version } = box.dataset;
  const field = box.querySelector("input");
  const status = box.querySelector("[role=status]");
  const list = box.querySelector("ol");
  const more = box.querySelector("button");
  let arrived = 0; // files that are in the index
  let filling;
  let results = [];

  const count = () => `${results.length.toLocaleString("en")} ${results.length === 1 ? "result" : "results"}`;

  function draw() {
    const query = field.value;
    if (!searched(query).length) {
      results = [];
      list.replaceChildren();
      status.textContent = query.trim() ? "These words are in every text; add another." : "";
      more.hidden = true;
      return;
    }
    const { whole, results: found } = find(query);
    results = found;
    list.replaceChildren(...results.slice(0, PAGE).map(entry));
    more.hidden = results.length <= PAGE;
    const loading = arrived < FILES.length ? "; still looking through the evidence" : "";
    status.textContent = !results.length
      ? arrived < FILES.length ? "Searching …" : `Nothing found for “${query.trim()}”.`
      : whole ? `${count()}${loading}` : `Nothing has all of these words${loading}. ${count()} with some of them:`;
  }

  async function fill() {
    for (const file of FILES.slice(arrived)) {
      const entries = await load(base, file, version);
      // A piece at a time, so that a phone can still be typed on.
      await index.addAllAsync(entries.map(([kind, title, text, address, where], place) => ({ id: `${file}-${place}`, kind, title, text, address, where })), { chunkSize: 100 });
      arrived++;
      draw();
    }
  }

  function search() {
    const query = field.value.trim();
    history.replaceState(null, "", query ? `?q=${encodeURIComponent(query)}` : location.pathname);
    if (query && arrived < FILES.length) {
      filling ??= fill().catch((error) => {
        filling = undefined;
        status.textContent = `The search could not load its index (${error.message}). Search again to try once more.`;
      });
    }
    draw();
  }

  let waiting;
  field.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(search, TYPING);
  });
  field.form.addEventListener("submit", (event) => {
    event.preventDefault();
    clearTimeout(waiting);
    search();
  });
  more.addEventListener("click", () => {
    const shown = list.children.length;
    list.append(...results.slice(shown, shown + PAGE).map(entry));
    more.hidden = results.length <= list.children.length;
    list.children[shown].querySelector("a").focus();
  });
  field.value = new URLSearchParams(location.search).get("q") ?? "";
  if (field.value) search();
  else if (matchMedia("(pointer: fine)").matches) field.focus();
}

start(document.querySelector(".search"));
