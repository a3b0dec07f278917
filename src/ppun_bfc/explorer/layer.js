// A person's own notes on things of the policy: rows of id, value and note. They stay in this browser.
import { Edition } from "./data.js";

/** @typedef {{value: string, note: string}} Note */
/** @typedef {{name: string, notes: Map<number, Note>, unknown: string[]}} Layer */

/** Rows of cells: `,`, `;` or tab between them, quoted where they hold one.
 * @param {string} text
 * @returns {string[][]} */
export function parseCsv(text) {
  const plain = text.replace(/^\ufeff/, "");
  const head = plain.split(/\r?\n/, 1)[0];
  const by = [";", "\t", ","].reduce((best, one) => (head.split(one).length > head.split(best).length ? one : best));
  /** @type {string[][]} */
  const rows = [];
  let row = [""];
  let quoted = false;
  for (let at = 0; at < plain.length; at += 1) {
    const letter = plain[at];
    const last = row.length - 1;
    if (quoted) {
      if (letter !== '"') row[last] += letter;
      else if (plain[at + 1] === '"') {
        row[last] += '"';
        at += 1;
      } else quoted = false;
    } else if (letter === '"' && row[last] === "") quoted = true;
    else if (letter === by) row.push("");
    else if (letter === "\n") {
      rows.push(row);
      row = [""];
    } else if (letter !== "\r") row[last] += letter;
  }
  if (row.length > 1 || row[0] !== "") rows.push(row);
  return rows.filter((one) => one.some((cell) => cell.trim() !== ""));
}

/** A cell as it stands in a file: in quotes, and no formula of a spreadsheet.
 * @param {string} text */
function cell(text) {
  const safe = /^[=+\-@\t\r]/.test(text) && !/^-?[\d.,\s]+$/.test(text) ? `'${text}` : text;
  return `"${safe.replaceAll('"', '""')}"`;
}

/** Rows as a file that spreadsheets open.
 * @param {string[][]} rows */
export function toCsv(rows) {
  return rows.map((row) => `${row.map(cell).join(";")}\r\n`).join("");
}

/** The notes in a file; null where it holds none.
 * @param {Edition} edition
 * @param {string} name
 * @param {string} text
 * @returns {Layer | null} */
export function readLayer(edition, name, text) {
  /** @type {Map<number, Note>} */
  const notes = new Map();
  const unknown = [];
  const [head, ...rest] = parseCsv(text);
  if (!head) return null;
  const columns = ["id", "value", "note"].map((column, at) => {
    const found = head.findIndex(
      (one) => one.trim().toLowerCase() === column || (column === "value" && one.trim().toLowerCase() === "valeur"),
    );
    return found < 0 ? at : found;
  });
  const hasHead = !head[columns[0]]?.includes(":");
  for (const row of hasHead ? rest : [head, ...rest]) {
    const [id, value, note] = columns.map((at) => (row[at] ?? "").trim());
    const thing = edition.byId.get(id);
    if (thing) notes.set(thing.at, { value, note });
    else unknown.push(id);
  }
  return notes.size > 0 ? { name, notes, unknown } : null;
}

/** The value as a number; null where it is none.
 * @param {Note | undefined} note */
export function size(note) {
  if (!note) return null;
  const number = Number(note.value.replace(/[\s\u00a0\u202f€]/g, "").replace(",", "."));
  return note.value === "" || !Number.isFinite(number) ? null : number;
}
