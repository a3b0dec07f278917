// The page: unpack the data, then show the view that the address names.

import { App } from "./app.js";
import { Edition, unpack } from "./data.js";
import { h } from "./dom.js";
import { FinderView } from "./finder.js";
import { FoundView } from "./found.js";
import { readLayer } from "./layer.js";
import { MatrixView } from "./matrix.js";
import { OwnView } from "./own.js";
import { ThingView } from "./thing.js";
import { TimeView } from "./time.js";
import { TreeView } from "./tree.js";
import { Words } from "./words.js";

const VIEWS = /** @type {const} */ ({
  matrix: MatrixView,
  tree: TreeView,
  time: TimeView,
  aids: FinderView,
  search: FoundView,
  layer: OwnView,
  thing: ThingView,
});

for (const [name, view] of Object.entries(VIEWS)) customElements.define(`ppun-${name}`, view);

/** @param {App} app */
function frame(app) {
  const { words, edition } = app;
  document.documentElement.lang = words.lang;
  const other = words.lang === "fr" ? "en" : "fr";
  const query = h("input", {
    type: "search",
    id: "query",
    value: app.get("q"),
    autocomplete: "off",
    placeholder: words.say("find"),
    "aria-label": words.say("find"),
    oninput: () => {
      if (app.view !== "search") {
        history.pushState(null, "", app.href("search", { q: query.value }));
        app.read();
        show(app);
      } else {
        app.note({ q: query.value });
        const view = document.querySelector("ppun-search");
        if (view instanceof FoundView) view.update();
      }
    },
  });
  const links = Object.keys(VIEWS)
    .filter((name) => name !== "thing")
    .map((name) => h("li", {}, h("a", { href: app.href(name), "data-view": name }, words.say(name))));
  document.body.replaceChildren(
    h("a", { class: "skip", href: "#main", onclick: (/** @type {Event} */ event) => skip(event) }, words.say("skip")),
    h(
      "header",
      {},
      h(
        "p",
        { class: "title" },
        h("a", { href: app.href("matrix") }, words.say("title")),
        " ",
        h("small", {}, words.say("version", { version: edition.packed.version })),
      ),
      h("form", { role: "search", onsubmit: (/** @type {Event} */ event) => event.preventDefault() }, query),
      h("nav", { "aria-label": words.say("views") }, h("ul", {}, links)),
      h(
        "a",
        {
          class: "lang",
          href: "",
          lang: other,
          hreflang: other,
          title: words.say("other.title"),
          onclick: (/** @type {Event} */ event) => turn(app, other, event),
        },
        words.say("other"),
      ),
    ),
    h("main", { id: "main", tabindex: "-1" }),
    h(
      "footer",
      {},
      h("p", {}, `ppun_bfc ${edition.packed.version} – ${edition.packed.licence} – ${words.of(edition.packed.notice)}`),
      h("p", {}, h("code", {}, edition.packed.digest)),
    ),
  );
}

/** @param {Event} event */
function skip(event) {
  event.preventDefault();
  document.getElementById("main")?.focus();
}

/** The same page in the other language.
 * @param {App} app
 * @param {"fr" | "en"} lang
 * @param {Event} event */
function turn(app, lang, event) {
  event.preventDefault();
  app.note({ lang });
  frame(app);
  show(app);
}

/** @param {App} app */
function show(app) {
  const name = /** @type {keyof typeof VIEWS} */ (Object.hasOwn(VIEWS, app.view) ? app.view : "matrix");
  for (const link of document.querySelectorAll("header nav a")) {
    const here = link.getAttribute("data-view") === name;
    if (here) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
  const query = document.getElementById("query");
  if (query instanceof HTMLInputElement && document.activeElement !== query)
    query.value = name === "search" ? app.get("q") : "";
  const view = new VIEWS[name]();
  document.getElementById("main")?.replaceChildren(view);
  view.show(app);
  const title = view.querySelector("h1")?.textContent ?? "";
  document.title = `${title} – PPUN-BFC ${app.edition.packed.version}`;
}

async function start() {
  const data = document.getElementById("data")?.textContent ?? "";
  const home = document.documentElement.lang === "en" ? "en" : "fr";
  const edition = new Edition(await unpack(data));
  const layer = document.getElementById("layer");
  const app = new App(edition, home);
  if (layer) app.layer = readLayer(edition, layer.dataset.name ?? "", JSON.parse(layer.textContent ?? '""'));
  frame(app);
  show(app);
  let lang = app.words.lang;
  addEventListener("hashchange", () => {
    app.read();
    if (app.words.lang !== lang) frame(app);
    lang = app.words.lang;
    show(app);
    if (app.view !== "search") document.getElementById("main")?.focus({ preventScroll: true });
    scrollTo(0, 0);
  });
}

start().catch((error) => {
  const words = new Words(document.documentElement.lang === "en" ? "en" : "fr");
  document.body.replaceChildren(h("p", { role: "alert" }, words.say("broken", { error: String(error) })));
  throw error;
});
