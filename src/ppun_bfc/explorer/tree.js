// A tree at a glance: each level beside the one above, with how much is below.

import { App } from "./app.js";
import { choice, download, h } from "./dom.js";
import { size, toCsv } from "./layer.js";

/** The tree. */
export class TreeView extends HTMLElement {
  /** @param {App} app */
  show(app) {
    this.app = app;
    const { words, edition } = app;
    const roots = edition.things.filter(
      (one) => one.active && one.above === null && edition.children[one.at].length > 0,
    );
    const asked = edition.byId.get(app.get("root"));
    const root = asked && edition.children[asked.at].length > 0 ? asked : roots[0];
    /** @type {[string, string][]} */
    const options = roots.map((one) => [one.id, edition.headline(one.at, words.lang)]);
    if (root && !roots.includes(root)) options.unshift([root.id, edition.headline(root.at, words.lang)]);
    this.replaceChildren(
      h("h1", {}, words.say("tree")),
      h("p", {}, words.say("tree.lead")),
      h(
        "div",
        { class: "controls" },
        choice("root", words.say("tree.of"), options, root?.id ?? "", (value) => {
          app.note({ root: value });
          this.show(app);
          this.querySelector("select")?.focus();
        }),
        h("button", { type: "button", onclick: () => this.save(root?.at ?? 0) }, words.say("export")),
      ),
    );
    if (!root) return;
    const all = edition.descendants(root.at);
    const values = all.map((at) => size(app.layer?.notes.get(at)) ?? 0);
    this.largest = Math.max(0, ...values);
    this.append(h("ol", { class: "icicle" }, this.node(root.at, all.length)));
  }

  /** @param {number} at
   * @param {number} all how many are below the root
   * @returns {HTMLLIElement | null} */
  node(at, all) {
    const { app } = this;
    if (!app) return null;
    const { words, edition } = app;
    const below = edition.descendants(at).length;
    const note = app.layer?.notes.get(at);
    const value = size(note);
    const bar = h("span", { class: "bar" });
    bar.style.inlineSize = `${all > 0 ? Math.round((100 * below) / all) : 0}%`;
    const own = note && h("span", { class: "noted", title: note.note }, note.value || "✎");
    const weight = h("span", { class: "bar own" });
    weight.style.inlineSize = `${value !== null && this.largest ? Math.max(0, Math.round((100 * value) / this.largest)) : 0}%`;
    return h(
      "li",
      {},
      h(
        "div",
        { class: `node ${edition.things[at].kind}` },
        h("a", { href: app.to(at) }, edition.name(at, words.lang)),
        below > 0 && h("small", { title: words.say("tree.below", { count: below }) }, ` ${below}`),
        own,
        below > 0 && bar,
        value !== null && weight,
      ),
      below > 0 &&
        h(
          "ol",
          {},
          edition.children[at].map((one) => this.node(one, all)),
        ),
    );
  }

  /** Hand over what is shown, with the reader's own layer.
   * @param {number} root */
  save(root) {
    const { app } = this;
    if (!app) return;
    const { edition, words } = app;
    const rows = [["id", "label", "part_of", "below", "value", "note"]];
    for (const at of [root, ...edition.descendants(root)]) {
      const { id, above } = edition.things[at];
      const note = app.layer?.notes.get(at);
      const part = above === null ? "" : edition.things[above].id;
      rows.push([
        id,
        edition.name(at, words.lang),
        part,
        String(edition.descendants(at).length),
        note?.value ?? "",
        note?.note ?? "",
      ]);
    }
    download(`ppun-bfc-${edition.packed.version}-${edition.things[root].id.replace(":", "-")}.csv`, toCsv(rows));
  }
}
