// Why two things meet, as sentences with their places; and the list of those places.

import { App } from "./app.js";
import { h, placeLink } from "./dom.js";

/** @typedef {import("./data.js").Place} Place */
/** @typedef {import("./dom.js").Leaf} Leaf */

/** The places that a page names, numbered where they count. */
export class Places {
  constructor() {
    /** @type {Map<string, [number, Place]>} */
    this.known = new Map();
  }

  /** The marks of some places.
   * @param {Place[]} places
   * @returns {Leaf[]} */
  marks(places) {
    return places.map((place) => {
      const key = place.join("\n");
      const [number] = this.known.get(key) ?? [this.known.size + 1];
      this.known.set(key, [number, place]);
      return h("sup", {}, placeLink(place, `[${number}]`));
    });
  }

  /** All of them, as a list.
   * @param {App} app */
  list(app) {
    if (this.known.size === 0) return null;
    const rows = [...this.known.values()].map(([, place]) => h("li", {}, placeLink(place, place[0])));
    return h("section", { class: "sources" }, h("h3", {}, app.words.say("sources")), h("ol", {}, rows));
  }
}

/** How a cell is founded, in words.
 * @param {App} app
 * @param {{strength: string, modality: string | null}} found */
export function strengthWords(app, { strength, modality }) {
  const { strengths, modalities } = app.edition.packed.words;
  const word = app.words.of(strengths[strength]);
  if (strength === "derived" || modality === null || modality === "affirmed") return word;
  return `${word}, ${app.words.of(modalities[modality])}`;
}

/** Every way in which two things meet, in sentences.
 * @param {App} app
 * @param {number} row
 * @param {number} column */
export function evidence(app, row, column) {
  const { edition, words } = app;
  const places = new Places();
  const paths = app.network.explain(row, column);
  /** @param {number} at */
  const named = (at) => h("a", { href: app.to(at) }, words.quoted(edition.name(at, words.lang)));
  const disputes = app.network.matrix([row], [column]).get(`${row} ${column}`)?.disputes ?? [];
  const ways = paths.map((path) => {
    const steps = path.hops.map(({ link, child }) => {
      if (link === null) {
        const above = /** @type {number} */ (edition.things[child].above);
        return h("li", {}, named(child), ` ${words.say("part")} `, named(above));
      }
      const [verb] = edition.packed.relations[link.relation];
      const { bases, modalities } = edition.packed.words;
      const mark = [words.of(bases[link.basis])];
      if (link.modality) mark.push(words.of(modalities[link.modality]));
      return h(
        "li",
        {},
        named(link.source),
        ` ${words.of(verb)} `,
        named(link.target),
        h("small", {}, ` (${mark.join(", ")})`),
        places.marks(link.places),
        link.rationale && h("p", { class: "why" }, words.of(link.rationale)),
      );
    });
    return h("li", {}, h("strong", {}, strengthWords(app, path)), h("ul", {}, steps));
  });
  const lead = paths.length > 0 ? strengthWords(app, paths[0]) : words.say("nothing");
  return h(
    "section",
    { class: "evidence", "aria-labelledby": "evidence-title" },
    h(
      "h2",
      { id: "evidence-title", tabindex: "-1" },
      `${edition.headline(row, words.lang)} × ${edition.headline(column, words.lang)}`,
    ),
    h("p", {}, lead),
    disputes.length > 0 &&
      h(
        "p",
        { class: "disputed" },
        `* ${words.say("key.disputed")} `,
        disputes.map((at) => [h("a", { href: app.to(at) }, edition.name(at, words.lang)), " "]),
      ),
    h("ol", {}, ways),
    places.list(app),
  );
}
