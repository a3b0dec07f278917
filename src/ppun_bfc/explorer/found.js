// Search as one types, with the answers that Python's `search` gives, and filters.

import { App } from "./app.js";
import { choice, h } from "./dom.js";
import { snippet } from "./search.js";

/** So many are shown at once. */
const SHOWN = 30;
const FILTERS = ["kind", "priority", "scheme", "basis", "source"];

/** What was found. */
export class FoundView extends HTMLElement {
  /** @param {App} app */
  show(app) {
    this.app = app;
    this.most = SHOWN;
    const { words, edition } = app;
    /** @param {number[]} things
     * @returns {[string, string][]} */
    const named = (things) => things.map((at) => [edition.things[at].id, edition.headline(at, words.lang)]);
    const { bases } = edition.packed.words;
    /** @type {Record<string, [string, string][]>} */
    const options = {
      kind: edition.packed.kinds.map(([kind]) => [kind, edition.noun(kind, words.lang)]),
      priority: named(edition.ofKind.get("priority") ?? []),
      scheme: named(edition.ofKind.get("scheme") ?? []),
      basis: Object.keys(bases).map((name) => [name, words.of(bases[name])]),
      source: edition.packed.documents.map((title, at) => [String(at), title]),
    };
    this.status = h("p", { role: "status" });
    this.results = h("ol", { class: "results" });
    this.replaceChildren(
      h("h1", {}, words.say("search")),
      h(
        "div",
        { class: "controls" },
        FILTERS.map((name) =>
          choice(
            `filter-${name}`,
            edition.ofKind.has(name) ? edition.noun(name, words.lang, 1) : words.say(name),
            [["", words.say("any")], ...options[name]],
            app.get(name),
            (value) => {
              app.note({ [name]: value });
              this.update();
            },
          ),
        ),
      ),
      this.status,
      this.results,
    );
    this.update();
  }

  /** The things that pass the filters; null where none is set.
   * @returns {Set<number> | null} */
  among() {
    const { app } = this;
    if (!app || FILTERS.every((name) => app.get(name) === "")) return null;
    const { edition } = app;
    const kept = edition.things.filter((thing) => {
      if (!thing.active) return false;
      if (app.get("kind") && thing.kind !== app.get("kind")) return false;
      for (const name of ["priority", "scheme"]) {
        const other = edition.byId.get(app.get(name));
        if (other && !app.meeting(other.at).has(thing.at)) return false;
      }
      if (app.get("basis") && !edition.linksOf[thing.at].some((link) => link.basis === app.get("basis"))) return false;
      return app.get("source") === "" || thing.documents.includes(Number(app.get("source")));
    });
    return new Set(kept.map((thing) => thing.at));
  }

  update() {
    const { app, status, results } = this;
    if (!app || !status || !results) return;
    const { words, edition } = app;
    const asked = app.get("q").trim();
    const among = this.among();
    if (asked === "" && among === null) {
      status.textContent = words.say("search.empty");
      results.replaceChildren();
      return;
    }
    const hits =
      asked === ""
        ? [...(among ?? [])].map((at) => ({ at, parts: [""], said: false }))
        : app.index
            .find(asked, among)
            .map((hit) => ({ at: hit.at, parts: snippet(hit), said: hit.where === "hidden" }));
    status.textContent = words.say("search.count", { count: hits.length, asked });
    results.replaceChildren(
      ...hits.slice(0, this.most).map(({ at, parts, said }) =>
        h(
          "li",
          {},
          h("a", { href: app.to(at) }, edition.headline(at, words.lang)),
          " ",
          h("small", {}, edition.noun(edition.things[at].kind, words.lang, 1)),
          " ",
          h("code", {}, edition.things[at].id),
          parts.join("") !== edition.name(at, words.lang) &&
            parts.join("") !== "" &&
            h(
              "p",
              {},
              said && `${words.say("search.said")} `,
              parts.map((part, number) => (number % 2 ? h("mark", {}, part) : part)),
            ),
        ),
      ),
    );
    if (hits.length > (this.most ?? 0)) {
      const onclick = () => {
        this.most = hits.length;
        this.update();
      };
      results.append(
        h(
          "li",
          { class: "more" },
          h("button", { type: "button", onclick }, words.say("search.more", { count: hits.length - SHOWN })),
        ),
      );
    }
  }
}
