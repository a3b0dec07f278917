// Any two kinds crossed: strength by colour and by mark; a cell opens what it rests on.

import { App } from "./app.js";
import { STRENGTHS } from "./cross.js";
import { choice, download, h } from "./dom.js";
import { evidence, strengthWords } from "./evidence.js";
import { size, toCsv } from "./layer.js";

/** @typedef {import("./cross.js").Cell} Cell */
/** @typedef {import("./data.js").Strength} Strength */

/** @type {Record<Strength, string>} */
const MARKS = { part_of: "⊂", stated: "●", derived: "◐", inherited: "○" };
/** So many rows and columns are drawn at once; the rest follow when asked for. */
const MOST = 150;
/** More columns than these have their names written upwards. */
const LEVEL = 9;

/** The matrix. */
export class MatrixView extends HTMLElement {
  /** @param {App} app */
  show(app) {
    this.app = app;
    /** @type {Map<string, Cell>} */
    this.cells = new Map();
    this.mostRows = MOST;
    this.mostColumns = MOST;
    const { words, edition } = app;
    const kinds = edition.packed.kinds.map(([kind]) => kind).filter((kind) => edition.ofKind.get(kind)?.length);
    const named = kinds.map(
      (kind) =>
        /** @type {[string, string]} */ ([
          kind,
          `${edition.noun(kind, words.lang)} (${edition.ofKind.get(kind)?.length})`,
        ]),
    );
    this.rowKind = kinds.includes(app.get("rows")) ? app.get("rows") : "priority";
    this.columnKind = kinds.includes(app.get("columns")) ? app.get("columns") : "scheme";
    const hide = h("input", {
      type: "checkbox",
      id: "hide",
      checked: app.get("all") === "",
      onchange: () => this.change({ all: hide.checked ? "" : "1" }),
    });
    this.table = h("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": words.say("matrix") });
    this.count = h("p", { role: "status" });
    this.evidence = h("div", {});
    this.replaceChildren(
      h("h1", {}, words.say("matrix")),
      h("p", {}, words.say("matrix.lead")),
      h(
        "div",
        { class: "controls" },
        choice("rows", words.say("rows"), named, this.rowKind, (rows) => this.change({ rows })),
        choice("columns", words.say("columns"), named, this.columnKind, (columns) => this.change({ columns })),
        h("div", { class: "field check" }, hide, h("label", { for: "hide" }, words.say("hide"))),
        h("button", { type: "button", onclick: () => this.save() }, words.say("export")),
      ),
      this.table,
      this.count,
      this.key(app),
      this.evidence,
    );
    this.cross();
    const [row, column] = app
      .get("cell")
      .split("*")
      .map((id) => edition.byId.get(id));
    if (row && column) this.open(row.at, column.at);
  }

  /** Cross anew what the reader has chosen.
   * @param {Record<string, string>} given */
  change(given) {
    if (!this.app) return;
    this.app.note({ ...given, cell: "" });
    this.rowKind = this.app.get("rows", "priority");
    this.columnKind = this.app.get("columns", "scheme");
    this.evidence?.replaceChildren();
    this.cross();
  }

  cross() {
    const { app } = this;
    if (!app) return;
    let rows = app.edition.ofKind.get(this.rowKind ?? "") ?? [];
    let columns = app.edition.ofKind.get(this.columnKind ?? "") ?? [];
    this.cells = app.network.matrix(rows, columns);
    if (app.get("all") === "") {
      const cells = [...this.cells.values()];
      const [met, columnsMet] = [new Set(cells.map((one) => one.row)), new Set(cells.map((one) => one.column))];
      rows = rows.filter((at) => met.has(at));
      columns = columns.filter((at) => columnsMet.has(at));
    }
    this.rows = rows;
    this.columns = columns;
    this.draw();
  }

  draw() {
    const { app, table, count } = this;
    if (!app || !table || !count) return;
    const { words, edition } = app;
    const rows = (this.rows ?? []).slice(0, this.mostRows);
    const columns = (this.columns ?? []).slice(0, this.mostColumns);
    if (rows.length === 0 || columns.length === 0) {
      table.replaceChildren(h("p", {}, words.say("matrix.none")));
      count.textContent = "";
      return;
    }
    const upright = columns.length > LEVEL;
    const head = columns.map((at) =>
      h(
        "th",
        { scope: "col", class: upright ? "upright" : "" },
        h(
          "a",
          { href: app.to(at), title: edition.headline(at, words.lang) },
          h("span", {}, edition.things[at].acronym ?? edition.name(at, words.lang)),
        ),
        this.noted(at),
      ),
    );
    const body = rows.map((row) =>
      h(
        "tr",
        {},
        h("th", { scope: "row" }, h("a", { href: app.to(row) }, edition.name(row, words.lang)), this.noted(row)),
        columns.map((column) => this.cell(row, column)),
      ),
    );
    const caption = h(
      "caption",
      { class: "hidden" },
      `${edition.noun(this.rowKind ?? "", words.lang)} × ${edition.noun(this.columnKind ?? "", words.lang)}`,
    );
    table.replaceChildren(
      h(
        "table",
        { class: "matrix", onkeydown: (/** @type {KeyboardEvent} */ event) => this.move(event) },
        caption,
        h("thead", {}, h("tr", {}, h("td", {}), head)),
        h("tbody", {}, body),
      ),
    );
    table.querySelector("td a")?.setAttribute("tabindex", "0");
    // A sheet of paper is not as wide as that: there, each row tells what it meets.
    table.classList.toggle("wide", upright);
    if (upright) table.append(this.lines(rows, columns));
    count.replaceChildren(
      words.say("matrix.count", {
        filled: this.cells?.size ?? 0,
        all: (this.rows?.length ?? 0) * (this.columns?.length ?? 0),
      }),
      ...this.rest(
        "more.rows",
        (this.rows?.length ?? 0) - rows.length,
        () => (this.mostRows = (this.mostRows ?? 0) + MOST),
      ),
      ...this.rest(
        "more.columns",
        (this.columns?.length ?? 0) - columns.length,
        () => (this.mostColumns = (this.mostColumns ?? 0) + MOST),
      ),
    );
  }

  /** The matrix for paper: a line for each row, with what it meets.
   * @param {number[]} rows
   * @param {number[]} columns */
  lines(rows, columns) {
    const { app } = this;
    if (!app) return "";
    const { words, edition } = app;
    const lines = rows.map((row) => {
      const met = columns.flatMap((column) => this.cells?.get(`${row} ${column}`) ?? []);
      const told = met.map(
        (cell) =>
          `${edition.things[cell.column].acronym ?? edition.name(cell.column, words.lang)} (${strengthWords(app, cell)}${cell.disputes.length > 0 ? " *" : ""})`,
      );
      return (
        told.length > 0 &&
        h("li", {}, h("strong", {}, words.colon(edition.name(row, words.lang))), ` ${told.join(" ; ")}`)
      );
    });
    return h("ul", { class: "printed" }, lines);
  }

  /** What is left to draw, behind a button.
   * @param {string} key
   * @param {number} left
   * @param {() => void} more
   * @returns {Node[]} */
  rest(key, left, more) {
    if (left <= 0 || !this.app) return [];
    const onclick = () => {
      more();
      this.draw();
    };
    return [
      document.createTextNode(" "),
      h("button", { type: "button", onclick }, this.app.words.say(key, { count: left })),
    ];
  }

  /** What the reader's own layer says of a thing.
   * @param {number} at */
  noted(at) {
    const note = this.app?.layer?.notes.get(at);
    return note && h("span", { class: "noted", title: note.note }, note.value || "✎");
  }

  /** @param {number} row
   * @param {number} column */
  cell(row, column) {
    const { app } = this;
    const cell = this.cells?.get(`${row} ${column}`);
    if (!app || !cell) return h("td", { class: "empty" });
    const { words, edition } = app;
    const told = strengthWords(app, cell);
    const disputed = cell.disputes.length > 0;
    const names = `${edition.name(row, words.lang)} × ${edition.name(column, words.lang)}`;
    const label = `${words.colon(names)} ${told}${disputed ? `, ${words.say("disputed")}` : ""}`;
    const hedged = cell.strength !== "derived" && cell.modality !== null && cell.modality !== "affirmed";
    const onclick = (/** @type {Event} */ event) => {
      event.preventDefault();
      history.pushState(null, "", event.currentTarget instanceof HTMLAnchorElement ? event.currentTarget.href : "");
      app.read();
      this.open(row, column);
    };
    const href = app.href("matrix", {
      ...Object.fromEntries(app.params),
      cell: `${edition.things[row].id}*${edition.things[column].id}`,
    });
    const link = h(
      "a",
      { href, tabindex: "-1", "aria-label": label, title: label, class: hedged ? "hedged" : "", onclick },
      MARKS[cell.strength],
      disputed && h("sup", {}, "*"),
    );
    return h("td", { class: cell.strength, "data-cell": `${row} ${column}` }, link);
  }

  /** Show what a cell rests on.
   * @param {number} row
   * @param {number} column */
  open(row, column) {
    if (!this.app || !this.evidence) return;
    this.evidence.replaceChildren(evidence(this.app, row, column));
    for (const one of this.querySelectorAll("[aria-current]")) one.removeAttribute("aria-current");
    const link = this.querySelector(`[data-cell="${row} ${column}"] a`);
    link?.setAttribute("aria-current", "true");
    const title = /** @type {HTMLElement | null} */ (this.evidence.querySelector("h2"));
    title?.focus({ preventScroll: true });
    title?.scrollIntoView({ block: "nearest" });
    this.evidence.scrollIntoView({ block: "nearest" });
  }

  /** Arrow keys lead from cell to cell, past the empty ones.
   * @param {KeyboardEvent} event */
  move(event) {
    const steps = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] };
    const step = steps[/** @type {keyof typeof steps} */ (event.key)];
    const from = /** @type {HTMLElement} */ (event.target).closest("td");
    if (!step || !from) return;
    event.preventDefault();
    const body = /** @type {HTMLTableSectionElement} */ (from.closest("tbody"));
    let [row, column] = [
      Number(from.parentElement && [...body.rows].indexOf(/** @type {HTMLTableRowElement} */ (from.parentElement))),
      from.cellIndex,
    ];
    for (;;) {
      row += step[0];
      column += step[1];
      const next = body.rows[row]?.cells[column];
      if (!next) return;
      const link = next.matches("td") && next.querySelector("a");
      if (link) {
        from.querySelector("a")?.setAttribute("tabindex", "-1");
        link.setAttribute("tabindex", "0");
        link.focus();
        return;
      }
    }
  }

  /** What the marks mean.
   * @param {App} app */
  key({ words, edition }) {
    const rows = STRENGTHS.map((name) => [
      h("dt", { class: name }, MARKS[name]),
      h("dd", {}, h("strong", {}, words.of(edition.packed.words.strengths[name])), ` – ${words.say(`key.${name}`)}`),
    ]);
    const more = [
      h("dt", {}, h("span", { class: "hedged" }, "●")),
      h("dd", {}, words.say("key.modality")),
      h("dt", {}, "*"),
      h("dd", {}, words.say("key.disputed")),
    ];
    return h("details", { open: true, class: "key" }, h("summary", {}, words.say("key")), h("dl", {}, rows, more));
  }

  /** Hand over what is shown, with the reader's own layer. */
  save() {
    const { app } = this;
    if (!app) return;
    const { words, edition } = app;
    const rows = [
      ["row", "column", "strength", "modality", "disputes", "row value", "row note", "column value", "column note"],
    ];
    for (const row of this.rows ?? []) {
      for (const column of this.columns ?? []) {
        const cell = this.cells?.get(`${row} ${column}`);
        const [own, other] = [row, column].map((at) => app.layer?.notes.get(at));
        rows.push([
          edition.things[row].id,
          edition.things[column].id,
          cell?.strength ?? "",
          cell?.modality ?? "",
          (cell?.disputes ?? []).map((at) => edition.things[at].id).join("|"),
          ...[own, other].flatMap((note) => [note ? String(size(note) ?? note.value) : "", note?.note ?? ""]),
        ]);
      }
    }
    download(`ppun-bfc-${edition.packed.version}-${words.say("matrix").toLowerCase()}.csv`, toCsv(rows));
  }
}
