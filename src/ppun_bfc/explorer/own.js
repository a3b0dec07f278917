// The reader's own layer: a file of notes, dropped here, that never leaves the browser.

import { App } from "./app.js";
import { h } from "./dom.js";
import { readLayer } from "./layer.js";

/** The layer. */
export class OwnView extends HTMLElement {
  /** @param {App} app */
  show(app) {
    const { words, edition } = app;
    const said = h("div", { role: "status" });
    /** @param {File | undefined} file */
    const take = async (file) => {
      if (!file) return;
      const layer = readLayer(edition, file.name, await file.text());
      if (layer) app.layer = layer;
      this.show(app);
      if (!layer) this.querySelector('[role="status"]')?.append(words.say("layer.bad"));
    };
    const input = h("input", {
      type: "file",
      id: "file",
      accept: ".csv,.tsv,text/csv",
      onchange: () => take(input.files?.[0]),
    });
    const drop = h(
      "div",
      {
        class: "drop",
        ondragover: (/** @type {DragEvent} */ event) => event.preventDefault(),
        ondrop: (/** @type {DragEvent} */ event) => {
          event.preventDefault();
          take(event.dataTransfer?.files[0]);
        },
      },
      h("p", {}, words.say("layer.lead")),
      h("label", { for: "file" }, words.say("layer.choose")),
      " ",
      input,
    );
    this.replaceChildren(h("h1", {}, words.say("layer")), drop, said);
    if (!app.layer) return;
    const { notes, unknown, name } = app.layer;
    const onclick = () => {
      app.layer = null;
      this.show(app);
    };
    said.append(h("p", {}, `${words.colon(name)} ${words.say("layer.shown", { count: notes.size })}`));
    if (unknown.length > 0)
      said.append(
        h("p", {}, words.say("layer.unknown")),
        h(
          "ul",
          {},
          unknown.slice(0, 50).map((id) => h("li", {}, h("code", {}, id))),
        ),
      );
    this.append(
      h("p", {}, h("button", { type: "button", onclick }, words.say("layer.drop"))),
      h(
        "div",
        { class: "scroll", tabindex: "0", role: "region", "aria-label": name },
        h(
          "table",
          {},
          h(
            "thead",
            {},
            h(
              "tr",
              {},
              ["id", words.say("value"), words.say("note")].map((text) => h("th", { scope: "col" }, text)),
            ),
          ),
          h(
            "tbody",
            {},
            [...notes].map(([at, note]) =>
              h(
                "tr",
                {},
                h("th", { scope: "row" }, h("a", { href: app.to(at) }, edition.name(at, words.lang))),
                h("td", {}, note.value),
                h("td", {}, note.note),
              ),
            ),
          ),
        ),
      ),
    );
  }
}
