// The explorer: filter a table of the evidence, see it over time, open its rows, take what is shown away. TanStack Table
// filters, counts, sorts and pages; this file draws, and keeps the state in the address.
import {
  columnFacetingFeature,
  columnFilteringFeature,
  constructTable,
  createFacetedRowModel,
  createFacetedUniqueValues,
  createFilteredRowModel,
  createPaginatedRowModel,
  createSortedRowModel,
  rowPaginationFeature,
  rowSortingFeature,
  tableFeatures,
} from "@tanstack/table-core";
import { storeReactivityBindings } from "@tanstack/table-core/store-reactivity-bindings";
import { load } from "./data.js";
import { terms } from "./words.js";

const PAGE = 40; // rows drawn at first, and added by the button below them
const SEEN = 12; // rows of these that are drawn at once; the others follow
const LONG = 70; // letters of a value that takes a line of its own
const PREFIXES = { ev: "events", s: "sources", pr: "promises", ct: "contacts", vo: "votes" };
const MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];
const ORDERS = { newest: "newest first", oldest: "oldest first", graded: "best established first" };

const features = tableFeatures({
  coreReactivityFeature: storeReactivityBindings(),
  columnFilteringFeature,
  filteredRowModel: createFilteredRowModel(),
  columnFacetingFeature,
  facetedRowModel: createFacetedRowModel(),
  facetedUniqueValues: createFacetedUniqueValues(),
  rowSortingFeature,
  sortedRowModel: createSortedRowModel(),
  rowPaginationFeature,
  paginatedRowModel: createPaginatedRowModel(),
});

/** Let the browser draw and answer before the next piece of work: phones are slow. */
const pause = () => new Promise((done) => setTimeout(done));

/** An element with attributes and children; what is missing is left out. */
function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== ""));
  return element;
}

const tableOf = (key) => PREFIXES[key.slice(0, key.indexOf("-"))];

function day(iso, precision = "day") {
  const [year, month, date] = iso.split("-").map(Number);
  if (precision === "year") return String(year);
  if (precision === "quarter") return `${MONTHS[month - 1]} to ${MONTHS[month + 1]} ${year}`;
  return `${precision === "day" ? `${date} ` : ""}${MONTHS[month - 1]} ${year}`;
}

/** Order of texts of the same make, which need no language. */
const compare = (a, b) => (a < b ? -1 : Number(a > b));

const capital = (text) => text.charAt(0).toUpperCase() + text.slice(1);

/** A table of the evidence: its columns by name, and a TanStack table over the numbers of its rows. */
class Evidence {
  constructor(name, data) {
    Object.assign(this, data, { name, columns: new Map() });
    this.add(data.columns);
    this.keys = this.columns.get(this.key).cells;
    this.places = new Map(this.keys.map((key, row) => [key, row]));
    this.years = this.columns.get(this.time).cells.map((iso) => (iso ? Number(iso.slice(0, 4)) : null));
    const grade = data.filters.find((column) => this.columns.get(column).grade);
    // Without a date last, whichever way.
    const dates = this.columns.get(this.time).cells;
    this.orders = {
      newest: (a, b) => compare(dates[b] ?? "", dates[a] ?? "") || a - b,
      oldest: (a, b) => compare(dates[a] ?? "~", dates[b] ?? "~") || a - b,
      graded: (a, b) => (this.cell(a, grade) ?? 99) - (this.cell(b, grade) ?? 99) || this.orders.newest(a, b),
    };
    const filter = (column, test) => ({ id: column, accessorFn: (row) => this.cell(row[0], column), filterFn: (row, _, wanted) => test(row.original[0], wanted) });
    this.table = constructTable({
      features,
      data: this.keys.map((_, row) => [row]),
      columns: [
        ...data.filters.map((column) =>
          filter(column, this.columns.get(column).grade
            ? (row, wanted) => this.cell(row, column) !== null && this.cell(row, column) <= wanted
            : (row, wanted) => this.cell(row, column) === wanted)),
        filter("years", (row, [from, to]) => this.years[row] !== null && this.years[row] >= from && this.years[row] <= to),
        filter("words", (row, wanted) => wanted.every((word) => this.text(row).includes(word))),
        filter("row", (row, wanted) => this.keys[row] === wanted),
        ...Object.entries(this.orders).map(([order, compare]) => ({
          id: order, accessorFn: (row) => row[0], sortFn: (a, b) => compare(a.original[0], b.original[0]),
        })),
      ],
      getRowId: (row) => this.keys[row[0]],
      autoResetPageIndex: false,
      initialState: { pagination: { pageIndex: 0, pageSize: PAGE }, sorting: [{ id: "newest", desc: false }] },
    });
    this.texts = [];
    this.selected = JSON.stringify([[], "newest"]);
  }

  /** Filter and sort, if the rows are not so already: both go through all of them. */
  select(filters, order) {
    const selected = JSON.stringify([filters, order]);
    if (selected !== this.selected) {
      this.table.setColumnFilters(filters);
      this.table.setSorting([{ id: order, desc: false }]);
      this.selected = selected;
    }
    this.table.setPageSize(PAGE);
  }

  add(columns) {
    for (const column of columns) this.columns.set(column.name, column);
  }

  cell(row, column) {
    return this.columns.get(column).cells[row];
  }

  /** The code or text of a cell, as the files for download have it. */
  raw(row, column) {
    const { values, cells } = this.columns.get(column);
    return cells[row] === null ? "" : String(values ? values[cells[row]] : cells[row]);
  }

  /** What a reader sees in a cell; texts stand as they are printed, codes begin with a capital. */
  shown(row, column) {
    const { kind, labels, cells } = this.columns.get(column);
    const value = cells[row];
    if (value === null) return "";
    if (kind === "code") return capital(labels[value]);
    if (kind === "date") return day(value, column === this.time ? this.columns.has("date_precision") ? this.raw(row, "date_precision") : "day" : "day");
    return typeof value === "number" ? value.toLocaleString("en") : value;
  }

  /** The words that are searched in a row, each between spaces. */
  text(row) {
    return (this.texts[row] ??= ` ${this.searched.map((column) => terms(this.raw(row, column)).join(" ")).join(" ")} `);
  }

  get complete() {
    return this.order.every((column) => this.columns.has(column));
  }
}

class Explorer {
  constructor(box) {
    this.box = box;
    this.base = box.dataset.base;
    this.version = box.dataset.version;
    this.form = box.querySelector(".explorer-filters");
    this.loaded = new Map();
    this.words = make("div");
    this.order = make("div", { class: "explorer-order" });
    this.fields = make("div", { class: "explorer-fields" });
    // On a phone the fields are folded, and the summary can be seen.
    this.some = make("details", { class: "explorer-some", open: !matchMedia("(max-width: 640px)").matches }, make("summary", {}, "Filters"), this.fields);
    this.status = make("p", { class: "explorer-status", role: "status" });
    this.reset = make("button", { type: "button", onclick: () => this.show({ table: this.state.table }) }, "Show all");
    this.save = make("button", { type: "button", onclick: () => this.download() }, "Download these rows (CSV)");
    this.timeline = make("div", { class: "explorer-timeline" });
    this.list = make("div", { class: "explorer-list" });
    this.more = make("button", { type: "button", class: "explorer-next", onclick: () => this.next() });
    this.form.append(this.words, this.some, make("div", { class: "explorer-bar" }, this.status, this.order, this.reset, this.save));
    box.append(this.timeline, this.list, this.more);
    this.form.addEventListener("submit", (event) => event.preventDefault());
    this.form.addEventListener("input", (event) => this.filtered(event));
    addEventListener("hashchange", () => this.show(this.fromAddress()));
    this.show(this.fromAddress());
  }

  // State: { table, row } or { table, q, from, to, sort, and a code for each filter }, all text, as the address has it.

  fromAddress() {
    const hash = decodeURIComponent(location.hash.slice(1));
    if (tableOf(hash)) return { table: tableOf(hash), row: hash };
    const state = Object.fromEntries(new URLSearchParams(location.hash.slice(1)));
    return Object.values(PREFIXES).includes(state.table) ? state : { table: "events" };
  }

  keep() {
    const { row, ...rest } = this.state;
    const given = Object.entries(rest).filter(([, value]) => value);
    const plain = given.length === 1 && this.state.table === "events";
    const hash = row ?? (plain ? "" : new URLSearchParams(given).toString());
    history.replaceState(null, "", hash ? `#${hash}` : location.pathname + location.search);
  }

  async show(state) {
    this.state = state;
    this.box.setAttribute("aria-busy", "true");
    try {
      await this.fetch(state.table, Boolean(state.q));
    } catch (error) {
      this.failed(error);
    }
    if (this.state !== state || !this.loaded.has(state.table)) return; // the reader has moved on, or has been told
    this.evidence = this.loaded.get(state.table);
    this.form.elements.table.value = state.table;
    this.drawFields();
    await pause();
    if (this.state !== state) return;
    this.box.querySelector(".explorer-static").hidden = true;
    this.form.hidden = false;
    await this.apply();
    if (this.state === state && state.row && this.evidence.places.has(state.row)) await this.open(state.row);
  }

  failed(error) {
    this.form.hidden = false;
    this.status.textContent = `The rows could not be loaded (${error.message}). All tables are files in the data catalogue.`;
    this.box.removeAttribute("aria-busy");
  }

  async fetch(name, whole) {
    if (!this.loaded.has(name)) {
      const data = await load(this.base, name, this.version);
      await pause();
      const evidence = new Evidence(name, data);
      await pause();
      evidence.table.getCoreRowModel(); // builds the rows, which are kept
      await pause();
      evidence.table.getSortedRowModel(); // kept as well, until another order is asked for
      await pause();
      this.loaded.set(name, evidence);
    }
    const evidence = this.loaded.get(name);
    if (whole && !evidence.complete) {
      evidence.add((await load(this.base, `${name}-rest`, this.version)).columns);
    }
    return evidence;
  }

  async filtered(event) {
    const { name, value } = event.target;
    if (name === "table") return this.show({ table: value });
    const state = { ...this.state, [name]: value };
    delete state.row;
    if (!value) delete state[name];
    if (this.evidence?.name !== state.table) return this.show(state); // that table is still on its way
    this.state = state;
    try {
      await this.fetch(state.table, Boolean(state.q));
    } catch (error) {
      return this.failed(error);
    }
    if (this.state === state) this.apply();
  }

  /** Filter and sort by the state, and draw what follows from it: first what is seen first. */
  async apply() {
    const { evidence, state } = this;
    const filters = [];
    for (const column of evidence.filters) {
      const place = evidence.columns.get(column).values.indexOf(state[column]);
      if (place >= 0) filters.push({ id: column, value: place });
      else delete state[column];
    }
    if (state.from || state.to) filters.push({ id: "years", value: [Number(state.from || -Infinity), Number(state.to || Infinity)] });
    const words = terms(state.q ?? "");
    // A word may begin anywhere, so that parts of compounds are found.
    if (words.length) filters.push({ id: "words", value: words });
    if (state.row) filters.push({ id: "row", value: state.row });
    if (!ORDERS[state.sort]) delete state.sort;
    evidence.select(filters, state.sort ?? "newest");
    this.keep();
    for (const name of [...evidence.filters, "q", "from", "to"]) {
      const field = this.form.elements[name];
      if (field.value !== (state[name] ?? "")) field.value = state[name] ?? "";
    }
    this.form.elements.sort.value = state.sort ?? "newest";
    this.timeline.hidden = this.order.hidden = Boolean(state.row);
    this.drawTimeline();
    this.drawList();
    const shown = this.rows().length;
    const all = evidence.keys.length;
    this.status.textContent = state.row && !shown
      ? `No row has the key ${state.row}.`
      : `${shown.toLocaleString("en")} of ${all.toLocaleString("en")} ${evidence.noun}`;
    this.reset.textContent = `Show all ${all.toLocaleString("en")}`;
    this.reset.hidden = !filters.length;
    this.save.disabled = !shown;
    const steps = [() => this.drawRest(), ...evidence.filters.map((column) => () => this.drawCounts(column))];
    for (const step of steps) {
      await pause();
      if (this.state !== state) return; // the reader has moved on
      step();
    }
    this.box.removeAttribute("aria-busy");
  }

  /** Numbers of the rows that pass all filters, in order. */
  rows() {
    return this.evidence.table.getSortedRowModel().rows.map((row) => row.original[0]);
  }

  // Fields: one for each filter; the years and the words that all tables have.

  drawFields() {
    const { evidence, state } = this;
    const field = (name, label, control) => {
      control.id = `explorer-${name}`;
      control.name = name;
      return make("div", { class: `explorer-field explorer-field-${name}` }, make("label", { for: control.id }, label), control);
    };
    const select = (options, chosen) =>
      make("select", {}, options.map(([value, text]) => make("option", { value, selected: value === chosen }, text)));
    const years = [...new Set(evidence.years.filter(Boolean))].sort((a, b) => a - b).map((year) => [String(year), String(year)]);
    const orders = Object.entries(ORDERS).filter(([order]) => order !== "graded" || evidence.filters.some((column) => evidence.columns.get(column).grade));
    const words = make("input", { type: "search", autocomplete: "off", value: state.q ?? "" });
    words.addEventListener("focus", () => this.fetch(evidence.name, true).catch(() => {}), { once: true });
    this.words.replaceChildren(field("q", "Words", words));
    this.fields.replaceChildren(
      ...evidence.filters.map((column) => {
        const { label, labels, values, grade } = evidence.columns.get(column);
        return field(column, grade ? `${label}, at least` : label, select([["", "any"], ...values.map((value, place) => [value, labels[place]])], state[column]));
      }),
      field("from", "From year", select([["", "first"], ...years], state.from)),
      field("to", "To year", select([["", "last"], ...[...years].reverse()], state.to)),
    );
    this.order.replaceChildren(field("sort", "Order", select(orders, state.sort ?? "newest")));
  }

  /** Say in a field how many rows each of its values would leave. */
  drawCounts(column) {
    const { evidence } = this;
    const { values, labels, grade } = evidence.columns.get(column);
    const counts = evidence.table.getColumn(column).getFacetedUniqueValues();
    let sum = 0;
    for (const option of this.form.elements[column].options) {
      if (!option.value) continue;
      const place = values.indexOf(option.value);
      sum += counts.get(place) ?? 0;
      option.textContent = `${labels[place]} (${grade ? sum : counts.get(place) ?? 0})`;
    }
  }

  // The timeline: a bar a year. Years long before the others share the first bar.

  drawTimeline() {
    const { evidence } = this;
    const dated = evidence.years.filter(Boolean).sort((a, b) => a - b);
    const first = dated[Math.floor(dated.length * 0.03)];
    const last = dated.at(-1);
    const early = dated[0] < first;
    const marks = evidence.columns.get("valence");
    const kinds = marks ? marks.values : [""];
    const bars = [];
    for (let year = first - early; year <= last; year++) bars.push({ year, counts: kinds.map(() => 0), sum: 0 });
    let undated = 0;
    for (const row of this.rows()) {
      const year = evidence.years[row];
      if (year === null) undated++;
      else {
        const bar = bars[Math.max(0, year - bars[0].year)];
        bar.counts[marks ? marks.cells[row] : 0]++;
        bar.sum++;
      }
    }
    const name = (bar) => (early && bar === bars[0] ? `before ${first}` : String(bar.year));
    const most = Math.max(1, ...bars.map((bar) => bar.sum));
    const top = bars.find((bar) => bar.sum === most); // none where no dated row is shown
    const said = bars.filter((bar) => bar.sum).map((bar) => `${name(bar)}: ${bar.sum}`);
    const step = bars.length > 25 ? 10 : 5;
    const drawn = make("div", { class: "explorer-bars", role: "img", "aria-label": said.length ? `${capital(evidence.noun)} by year. ${said.join(", ")}.` : "No dated row." },
      bars.map((bar) => {
        const column = make("div", { class: "explorer-bar-year", title: `${name(bar)}: ${bar.sum}`, "data-year": bar.year, "data-count": bar.sum },
          kinds.map((kind, place) => bar.counts[place] ? make("i", { class: `mark-${kind || "plain"}`, style: `height:${(100 * bar.counts[place]) / most}%` }) : null));
        column.addEventListener("click", () => this.chooseYears(bar, early && bar === bars[0], first));
        return column;
      }));
    const axis = make("div", { class: "explorer-axis", "aria-hidden": "true" },
      bars.map((bar) => make("span", {}, bar.year % step === 0 && !(early && bar === bars[0]) ? make("b", {}, String(bar.year)) : early && bar === bars[0] ? make("b", {}, "earlier") : null)));
    const legend = marks
      ? make("p", { class: "explorer-legend" }, kinds.map((kind, place) => make("span", {}, make("i", { class: `mark-${kind}`, "aria-hidden": "true" }), marks.labels[place])))
      : null;
    const note = `${top ? `Most in ${name(top)} (${top.sum}).` : ""}${undated ? ` ${undated} without a date are not drawn.` : ""} Later years were searched harder, so bars show what was found.`;
    this.timeline.replaceChildren(make("div", { class: "explorer-head" }, make("p", { class: "explorer-name" }, `${capital(evidence.noun)} shown, by year`), legend), drawn, axis, make("p", { class: "explorer-note" }, note));
  }

  chooseYears(bar, early, first) {
    const years = this.evidence.years.filter(Boolean);
    this.state = { ...this.state, from: early ? "" : String(bar.year), to: early ? String(Math.max(...years.filter((year) => year < first))) : String(bar.year) };
    delete this.state.row;
    this.apply();
  }

  // The list.

  drawList() {
    const { evidence } = this;
    this.list.replaceChildren(
      make("table", { role: "table" },
        make("caption", { class: "explorer-hidden" }, `${capital(evidence.noun)}, ${ORDERS[this.state.sort ?? "newest"]}`),
        make("thead", { role: "rowgroup" },
          make("tr", { role: "row" }, evidence.cells.map(([label]) => make("th", { role: "columnheader", scope: "col" }, label)))),
        (this.body = make("tbody", { role: "rowgroup" }, evidence.table.getRowModel().rows.slice(0, SEEN).map((row) => this.drawRow(row.original[0]))))),
    );
    this.drawNext();
  }

  drawRow(row) {
    const { evidence } = this;
    const cells = evidence.cells.map(([label, columns], place) => {
      const parts = columns.map((column) => evidence.shown(row, column)).filter(Boolean);
      const text = parts.join(columns[0] === "actor" ? " → " : "; ");
      if (place === evidence.heading) {
        const key = evidence.keys[row];
        const button = make("button", { type: "button", "aria-expanded": "false", onclick: () => this.toggle(key) }, text);
        return make("th", { role: "rowheader", scope: "row", class: "explorer-heading" }, button);
      }
      const mark = columns[0] === "valence" ? make("i", { class: `mark-${evidence.raw(row, "valence")}`, "aria-hidden": "true" }) : null;
      return make("td", { role: "cell", "data-label": label, class: `explorer-cell-${columns[0]}` }, mark, text || "–");
    });
    return make("tr", { role: "row", "data-key": evidence.keys[row] }, cells);
  }

  drawNext() {
    const left = this.rows().length - this.body.querySelectorAll("tr[data-key]").length;
    this.more.hidden = left <= 0;
    this.more.textContent = `Show ${Math.min(PAGE, left)} more`;
  }

  /** Draw the rows of the page that are not drawn yet; return them. */
  drawRest() {
    const drawn = this.body.querySelectorAll("tr[data-key]").length;
    const added = this.evidence.table.getRowModel().rows.slice(drawn).map((row) => this.drawRow(row.original[0]));
    this.body.append(...added);
    this.drawNext();
    return added;
  }

  next() {
    const { table } = this.evidence;
    table.setPageSize(table.getRowModel().rows.length + PAGE);
    this.drawRest()[0]?.querySelector("button").focus();
  }

  // An opened row: its other columns, what each source says, and a link to it.

  async open(key) {
    const line = this.body.querySelector(`tr[data-key="${CSS.escape(key)}"]`);
    if (line.querySelector("button").getAttribute("aria-expanded") === "false") await this.toggle(key);
    line.scrollIntoView({ block: "start" });
  }

  async toggle(key) {
    const line = this.body.querySelector(`tr[data-key="${CSS.escape(key)}"]`);
    const button = line.querySelector("button");
    const open = button.getAttribute("aria-expanded") === "true";
    button.setAttribute("aria-expanded", String(!open));
    if (open) return line.nextElementSibling.remove();
    const { evidence } = this;
    const cell = make("td", { role: "cell", colspan: evidence.cells.length, "aria-busy": "true" }, make("p", {}, "Loading…"));
    line.after(make("tr", { role: "row", class: "explorer-opened" }, cell));
    const row = evidence.places.get(key);
    try {
      const number = Math.floor(row / evidence.rowsAFile);
      const [, file] = await Promise.all([this.fetch(evidence.name, true), load(this.base, `${evidence.name}-rows-${number}`, this.version)]);
      const place = row % evidence.rowsAFile;
      cell.replaceChildren(...this.details(row), ...(file.counts ? this.carried(file, place) : this.said(file, place)), this.address(key));
    } catch (error) {
      cell.replaceChildren(make("p", {}, `This row could not be loaded (${error.message}). Close it and open it again to try once more.`));
    }
    cell.removeAttribute("aria-busy");
  }

  details(row) {
    const { evidence } = this;
    const [lead, ...others] = evidence.details;
    const entries = others.map((column) => [evidence.columns.get(column), evidence.shown(row, column)]).filter(([, text]) => text);
    const leading = evidence.shown(row, lead);
    const { kind, label } = evidence.columns.get(lead);
    const first = !leading ? [] : kind === "address"
      ? [make("p", {}, make("a", { href: leading, rel: "noopener" }, leading))]
      : [make("p", {}, ["summary", "subject"].includes(lead) ? leading : `${label}: ${leading}`)];
    return [...first, make("dl", {}, entries.map(([column, text]) => make("div", { class: text.length > LONG && "explorer-long" }, make("dt", {}, column.label), make("dd", {}, text))))];
  }

  said(file, place) {
    const entries = file.rows[place].map(([role, says, source]) => {
      const [key, title, publisher, published, url, language] = file.sources[source];
      const about = [publisher, published && day(published), language && `in ${language}`, role].filter(Boolean).join(", ");
      return make("li", {},
        says ? make("p", {}, says) : null,
        make("p", { class: "explorer-source" }, make("a", { href: url, rel: "noopener" }, title), `. ${about}. `, make("a", { href: `#${key}` }, "About this source")));
    });
    return [make("p", { class: "explorer-name" }, entries.length === 1 ? "What its source says" : `What its ${entries.length} sources say`), make("ul", {}, entries)];
  }

  carried(file, place) {
    const rows = file.rows[place];
    const left = file.counts[place] - rows.length;
    const entries = rows.map(([key, label, role, says]) =>
      make("li", {}, make("p", {}, tableOf(key) ? make("a", { href: `#${key}` }, label) : label), make("p", { class: "explorer-source" }, says ? `${capital(role)}: ${says}` : null, tableOf(key) ? null : make("code", {}, key))));
    if (left > 0) entries.push(make("li", {}, `and ${left.toLocaleString("en")} more rows`));
    return entries.length ? [make("p", { class: "explorer-name" }, "Rows that rest on it"), make("ul", {}, entries)] : [];
  }

  address(key) {
    return make("p", { class: "explorer-key" }, make("a", { href: `#${key}` }, "Link to this row"), " ", make("code", {}, key));
  }

  // What is shown, as a file with all columns of the table.

  async download() {
    const { evidence, state } = this;
    try {
      await this.fetch(evidence.name, true);
    } catch (error) {
      return this.failed(error);
    }
    const quoted = (text) => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
    const lines = [evidence.order, ...this.rows().map((row) => evidence.order.map((column) => evidence.raw(row, column)))];
    const text = lines.map((cells) => `${cells.map(quoted).join(",")}\n`).join("");
    const { table, row, sort, ...rest } = state;
    const said = row ? [row] : Object.entries(rest).filter(([, value]) => value).map(([name, value]) => `${name}-${value}`);
    const name = [evidence.name, ...said].join("_").normalize("NFKD").replace(/[^\p{L}\p{N}_-]+/gu, "-").slice(0, 120);
    const link = make("a", { href: URL.createObjectURL(new Blob([text], { type: "text/csv;charset=utf-8" })), download: `${name}.csv` });
    document.body.append(link);
    link.click();
    link.remove();
    setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
  }
}

new Explorer(document.querySelector(".explorer"));
