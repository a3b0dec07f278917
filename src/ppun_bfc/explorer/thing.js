// The page of a thing: all that concerns it, as Python's `about` tells it, with every place.

import { App } from "./app.js";
import { h } from "./dom.js";
import { Places } from "./evidence.js";

/** @typedef {import("./data.js").Item} Item */

/** One thing. */
export class ThingView extends HTMLElement {
  /** @param {App} app */
  show(app) {
    const { words, edition } = app;
    const id = app.get("id");
    const thing = edition.byId.get(id);
    if (!thing) {
      const near = app.index.find(id.replace(/[:-]/g, " ")).slice(0, 5);
      this.replaceChildren(
        h("h1", {}, words.say("unknown", { id })),
        near.length > 0 ? h("p", {}, words.say("near")) : "",
        h(
          "ul",
          {},
          near.map((hit) => h("li", {}, h("a", { href: app.to(hit.at) }, edition.headline(hit.at, words.lang)))),
        ),
      );
      return;
    }
    const places = new Places();
    const card = edition.card(thing.at, words.lang);
    const path = edition.ancestors(thing.at).reverse();
    const note = app.layer?.notes.get(thing.at);
    /** @param {Item} item
     * @returns {HTMLLIElement} */
    const row = (item) => {
      const other = edition.byId.get(item.id);
      return h(
        "li",
        {},
        other ? h("a", { href: app.to(other.at) }, item.text || item.id) : item.text,
        item.mark && h("small", {}, ` (${item.mark})`),
        item.id && [" ", h("code", {}, item.id)],
        places.marks(item.places),
        item.below.length > 0 && h("ul", {}, item.below.map(row)),
      );
    };
    const sections = card.sections.map((section) =>
      h(
        "section",
        {},
        section.title && h("h2", {}, section.title),
        section.items.length > 0 && h("ul", {}, section.items.map(row)),
        section.table.length > 0 && table(section.table),
      ),
    );
    const said = h("span", { role: "status" });
    const line = `ppun_bfc.load("${edition.packed.version}").get("${thing.id}")`;
    this.replaceChildren(
      h(
        "nav",
        { "aria-label": words.say("tree"), class: "path" },
        path.map((at) => [h("a", { href: app.to(at) }, edition.name(at, words.lang)), " › "]),
        edition.noun(thing.kind, words.lang, 1),
      ),
      h("h1", {}, card.title),
      h("p", {}, h("code", {}, card.id)),
      h(
        "p",
        { class: "controls" },
        copy(app, "copy.id", thing.id, said),
        copy(app, "copy.python", line, said),
        edition.paragraph(thing.at) && copy(app, "copy.cite", edition.paragraph(thing.at), said),
        said,
      ),
      note ? h("p", { class: "noted" }, [note.value, note.note].filter(Boolean).join(" – ")) : "",
      ...card.lead.map((text) => h("p", {}, text)),
      ...card.notes.map((text) => h("p", { class: "disputed" }, text)),
      ...sections,
      places.list(app) ?? "",
    );
  }
}

/** @param {string[][]} rows */
function table([head, ...body]) {
  return h(
    "div",
    { class: "scroll", tabindex: "0", role: "region", "aria-label": head.join(", ") },
    h(
      "table",
      {},
      h(
        "thead",
        {},
        h(
          "tr",
          {},
          head.map((cell) => h("th", { scope: "col" }, cell)),
        ),
      ),
      h(
        "tbody",
        {},
        body.map(([first, ...rest]) =>
          h(
            "tr",
            {},
            h("th", { scope: "row" }, first),
            rest.map((cell) => h("td", {}, cell)),
          ),
        ),
      ),
    ),
  );
}

/** A button that copies a text; where it cannot, the text is shown to be selected.
 * @param {App} app
 * @param {string} key
 * @param {string} text
 * @param {HTMLElement} said */
function copy(app, key, text, said) {
  const onclick = async () => {
    try {
      await navigator.clipboard.writeText(text);
      said.textContent = app.words.say("copied");
    } catch {
      said.replaceChildren(
        app.words.say("copy.failed"),
        h("textarea", { readonly: true, rows: "3", "aria-label": app.words.say(key) }, text),
      );
    }
  };
  return h("button", { type: "button", onclick }, app.words.say(key));
}
