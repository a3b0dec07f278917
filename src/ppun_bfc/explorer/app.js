// Where the reader is, told by the fragment of the address, and what every view is given.

import { Network } from "./cross.js";
import { Edition } from "./data.js";
import { Index } from "./search.js";
import { Words } from "./words.js";

/** @typedef {import("./layer.js").Layer} Layer */
/** @typedef {import("./data.js").Lang} Lang */

/** One page that is open. */
export class App {
  /** @param {Edition} edition
   * @param {Lang} lang the language of who opens it, unless the address says another */
  constructor(edition, lang) {
    this.edition = edition;
    this.network = new Network(edition);
    this.home = lang;
    /** @type {Layer | null} */
    this.layer = null;
    /** @type {Index | null} */
    this.lazyIndex = null;
    /** @type {Map<number, Set<number>>} */
    this.meets = new Map();
    this.view = "matrix";
    this.params = new URLSearchParams();
    this.words = new Words(lang);
    this.read();
  }

  /** Read where the reader is. */
  read() {
    const [view, query = ""] = location.hash.slice(1).split(/\?(.*)/s);
    this.view = view || "matrix";
    this.params = new URLSearchParams(query);
    const lang = this.params.get("lang");
    this.words = new Words(lang === "fr" || lang === "en" ? lang : this.home);
  }

  /** The index of search, made when something is first looked for. */
  get index() {
    this.lazyIndex ??= new Index(this.edition);
    return this.lazyIndex;
  }

  /** What a parameter of the address says.
   * @param {string} name
   * @param {string} [otherwise] */
  get(name, otherwise = "") {
    return this.params.get(name) ?? otherwise;
  }

  /** The fragment that leads to a view; the language stays.
   * @param {string} view
   * @param {Record<string, string>} [given] */
  href(view, given = {}) {
    const lang = this.params.get("lang");
    const all = Object.entries({ ...given, ...(lang && !given.lang ? { lang } : {}) }).filter(
      ([, value]) => value !== "",
    );
    const query = all.map(([name, value]) => `${name}=${encodeURIComponent(value).replaceAll("%3A", ":")}`).join("&");
    return `#${view}${query ? `?${query}` : ""}`;
  }

  /** The fragment that leads to the page of a thing.
   * @param {number} at */
  to(at) {
    return this.href("thing", { id: this.edition.things[at].id });
  }

  /** Note in the address what the reader has chosen, without a new page.
   * @param {Record<string, string>} given */
  note(given) {
    const known = Object.fromEntries(this.params);
    history.replaceState(null, "", this.href(this.view, { ...known, ...given }));
    this.read();
  }

  /** What meets a thing, itself and what is below it among them.
   * @param {number} at
   * @returns {Set<number>} */
  meeting(at) {
    let found = this.meets.get(at);
    if (!found) {
      const all = this.edition.things.filter((one) => one.active).map((one) => one.at);
      const cells = this.network.matrix([at], all).values();
      found = new Set([at, ...[...cells].filter((cell) => cell.strength !== "inherited").map((cell) => cell.column)]);
      this.meets.set(at, found);
    }
    return found;
  }
}
