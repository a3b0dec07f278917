"""The explorer in a real browser, as a person uses it."""

import csv
import io
import json
import re

import pytest

import ppun_bfc
import versions
from ppun_bfc import export

POLICY = ppun_bfc.load()
INCLUSION = "priority:inclusion-citoyenne"
VIEWS = {
    "matrix": "",
    "cell": f"#matrix?cell={INCLUSION}*scheme:scoran-bfc",
    "wide": "#matrix?rows=action&columns=proposal",
    "thing": "#thing?id=aid:developper-les-tiers-lieux",
    "figure": "#thing?id=figure:aide-thd-total",
    "tree": "#tree",
    "time": "#time",
    "aids": "#aids?who=actor:communes&population=800&cost=350000&day=2021-07-01",
    "wrong": "#aids?who=actor:communes&cost=10.000",
    "search": "#search?q=illectronisme",
    "layer": "#layer",
    "unknown": "#thing?id=theme:inclusio",
}
CLIPPED = """() => [...document.querySelectorAll('body *')].filter(e => {
  const style = getComputedStyle(e);
  if (!e.clientWidth || e.closest('.scroll, .hidden, .skip, svg')) return false;
  return e.scrollWidth > e.clientWidth + 1 && style.overflowX !== 'visible' && e.tagName !== 'SELECT'
    || e.getBoundingClientRect().right > document.documentElement.clientWidth + 1;
}).map(e => e.outerHTML.slice(0, 120)).concat(
  document.documentElement.scrollWidth > document.documentElement.clientWidth ? ['the page'] : [])"""


def address(made, view=""):
    return made.as_uri() + VIEWS.get(view, view)


@pytest.mark.parametrize("view", VIEWS)
def test_no_text_is_clipped_and_every_view_is_accessible(made, visit, accessible, view):
    for width, scheme, lang in ((1280, "light", "fr"), (1280, "dark", "en"), (360, "light", "fr")):
        where = address(made, view)
        where += f"{'&' if '?' in where else '#matrix?' if '#' not in where else '?'}lang={lang}"
        page = visit(
            where,
            viewport={"width": width, "height": 800},
            color_scheme=scheme,
            bypass_csp=True,  # for axe alone; what the policy allows is tested without it
        )
        assert page.evaluate("document.documentElement.lang") == lang
        assert page.evaluate(CLIPPED) == []
        accessible(page, "best-practice")


# -- what people do --------------------------------------------------------------------------------


def test_an_officer_finds_which_schemes_meet_inclusion_and_why(made, visit):
    page = visit(address(made))
    row = page.locator("table.matrix tbody tr").filter(has_text=POLICY.get(INCLUSION).label.fr)
    told = [link.get_attribute("aria-label") for link in row.locator("td a").all()]
    wanted = [c for c in POLICY.matrix("priority", "scheme").filled() if c.row.id == INCLUSION]
    assert len(told) == len(wanted)
    for label, cell in zip(told, wanted, strict=True):
        assert cell.column.label.fr in label
        assert cell.word("fr").removesuffix("\u00a0*") in label
    row.locator("td a").first.click()  # the one interaction
    evidence = page.locator(".evidence")
    assert POLICY.get("scheme:scoran-bfc").label.fr in evidence.locator("h2").inner_text()
    assert evidence.locator("ol > li").count() >= len(
        POLICY.explain(INCLUSION, "scheme:scoran-bfc").paths
    )
    source = evidence.locator(".sources a").first.get_attribute("href")
    assert source.startswith("https://")
    assert "#:~:text=" in source
    page.go_back()
    page.wait_for_selector(".evidence", state="detached")
    page.go_forward()
    page.wait_for_selector(".evidence")


def test_a_commune_of_800_finds_what_it_can_get(made, visit):
    page = visit(address(made))
    page.get_by_role("link", name="Aides", exact=True).click()
    page.get_by_label("Je suis").select_option(label="Communes")
    page.get_by_label("Habitants", exact=True).fill("800")
    page.get_by_label("Coût éligible du projet, en euros").fill("350000")
    offer = page.locator(".offer").filter(has_text="Développer les Tiers-Lieux")
    found = {o.aid.id: o for o in POLICY.offers("actor:communes", population=800, cost=350_000)}
    assert (
        offer.locator(".grants").inner_text() == found["aid:developper-les-tiers-lieux"].sentence()
    )
    assert "157\u00a0500" in offer.inner_text()
    assert page.locator(".offers > li").count() == len(found)
    assert page.locator(".refused > li").count() > 0
    page.get_by_label("Jour").fill("2022-06-01")
    refused = page.locator(".refused > li").filter(has_text="Développer les Tiers-Lieux")
    assert "fermée le 1er juin 2022" in refused.inner_text()
    page.get_by_label("Coût éligible du projet, en euros").fill("10.000")
    assert "10.000" in page.locator(".wrong").all_inner_texts()[1]
    assert (
        page.get_by_label("Coût éligible du projet, en euros").get_attribute("aria-invalid")
        == "true"
    )


def test_search_answers_as_one_types(made, visit):
    page = visit(address(made))
    page.get_by_role("searchbox").press_sequentially("micro folies", delay=5)
    hits = POLICY.search("micro folies")
    names = page.locator(".results code").all_inner_texts()
    assert names == [hit.id for hit in hits][: len(names)]
    assert page.locator("mark").first.is_visible()
    assert "q=micro%20folies" in page.url
    page.get_by_label("sorte").select_option("aid")
    kept = page.locator(".results code").all_inner_texts()
    assert kept == [hit.id for hit in POLICY.search("micro folies", "aid")]
    page.reload()
    page.wait_for_selector(".results li")
    assert page.locator(".results code").all_inner_texts() == kept


def test_filters_alone_list_what_passes(made, visit):
    page = visit(address(made, "#search?kind=action&scheme=scheme:srdeii&basis=stated"))
    kept = page.locator(".results code").all_inner_texts()
    meeting = {
        cell.column.id
        for cell in POLICY.matrix(["scheme:srdeii"], "action").filled()
        if cell.strength != "inherited"
    }
    stated = {one.id for one in POLICY.actions if POLICY.related(one, basis="stated")}
    assert set(kept) == meeting & stated
    assert kept
    for name, choice in (("priority", INCLUSION), ("source", "0"), ("kind", "figure")):
        page = visit(address(made, f"#search?{name}={choice}"))
        assert page.locator(".results li").count() > 0


def test_a_page_tells_all_and_copies(made, visit):
    page = visit(address(made, "#thing?id=theme:inclusion"))
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    card = POLICY.about("theme:inclusion").card()
    titles = [section.title for section in card.sections if section.title]
    assert page.locator("section > h2").all_inner_texts() == titles
    assert page.locator(".sources li").count() == len(card.places())
    for name, text in (
        ("Copier l’identifiant", "theme:inclusion"),
        ("Copier la ligne Python", f'ppun_bfc.load("{POLICY.version}").get("theme:inclusion")'),
        ("Copier le paragraphe à citer", POLICY.cite("theme:inclusion").paragraph()),
    ):
        page.get_by_role("button", name=name).click()
        page.get_by_role("status").filter(has_text="Copié").wait_for()
        assert page.evaluate("navigator.clipboard.readText()") == text
    page.locator("nav.path a").last.click()
    page.wait_for_function("document.querySelector('h1').textContent.includes('inclusion')")
    page.go_back()
    page.wait_for_selector("text=theme:inclusion")


def test_every_thing_has_its_page(made, visit):
    page = visit(address(made, "#thing?id=policy:ppun-bfc"))
    ids = [one.id for one in POLICY.entities(deprecated=True)]
    wrong = page.evaluate(
        """async (ids) => {
          const wrong = [];
          for (const id of ids) {
            location.hash = `thing?id=${id}`;
            await new Promise((done) => addEventListener('hashchange', () => setTimeout(done), { once: true }));
            const code = document.querySelector('main code');
            if (!code || code.textContent !== id) wrong.push(id);
          }
          return wrong;
        }""",
        [id for id in ids if id != "policy:ppun-bfc"],
    )
    assert wrong == []


def test_the_tree_and_the_timeline_show_the_policy(made, visit):
    page = visit(address(made, "tree"))
    shown = page.locator(".node a").count()
    assert shown == 1 + len(POLICY.descendants(POLICY.policy))
    page.get_by_label("Arborescence de").select_option("scheme:scoran-bfc")
    page.wait_for_function(f"document.querySelectorAll('.node a').length !== {shown}")
    assert page.locator(".node a").count() == 1 + len(POLICY.descendants("scheme:scoran-bfc"))
    page = visit(address(made, "time"))
    assert page.locator(".moments li").count() == len(POLICY.timeline())
    page.get_by_label("Ce qui est daté").select_option("deadline")
    due = [one for one in POLICY.timeline() if one.sort == "deadline"]
    assert page.locator(".moments li").count() == len(due)


def test_a_layer_is_dropped_shown_exported_and_removed(made, visit, tmp_path):
    own = tmp_path / "own.csv"
    own.write_text(
        f"id;valeur;note\n{INCLUSION};12,5;<b>vu</b>\nscheme:srdei;1;\n", encoding="utf-8"
    )
    page = visit(address(made, "layer"))
    page.get_by_label("Choisir un fichier").set_input_files(own)
    page.wait_for_selector("text=1 choses annotées")
    assert "scheme:srdei" in page.locator("main").inner_text()
    page.get_by_role("link", name="Matrice", exact=True).click()
    assert page.locator("th .noted").inner_text() == "12,5"
    with page.expect_download() as saved:
        page.get_by_role("button", name="Télécharger en CSV").click()
    rows = list(
        csv.DictReader(io.StringIO(saved.value.path().read_text("utf-8-sig")), delimiter=";")
    )
    cells = {
        (c.row.id, c.column.id): c.strength for c in POLICY.matrix("priority", "scheme").filled()
    }
    assert {(r["row"], r["column"]): r["strength"] for r in rows if r["strength"]} == cells
    assert {r["row value"] for r in rows if r["row"] == INCLUSION} == {"12.5"}
    page.get_by_role("link", name="Arborescence", exact=True).click()
    assert page.locator(".node .noted").inner_text() == "12,5"
    with page.expect_download() as saved:
        page.get_by_role("button", name="Télécharger en CSV").click()
    assert f'"{INCLUSION}"' in saved.value.path().read_text("utf-8-sig")
    page.get_by_role("link", name="Ma couche", exact=True).click()
    page.get_by_role("button", name="Retirer la couche").click()
    assert page.locator("table").count() == 0
    bad = tmp_path / "bad.csv"
    bad.write_text("rien", encoding="utf-8")
    page.get_by_label("Choisir un fichier").set_input_files(bad)
    page.wait_for_selector("text=ne se lit pas")


def test_a_file_is_dropped(made, visit):
    page = visit(address(made, "layer"))
    page.evaluate(
        """() => {
          const data = new DataTransfer();
          data.items.add(new File(["id,value\\ntheme:inclusion,3\\n"], "a.csv"));
          document.querySelector(".drop").dispatchEvent(new DragEvent("drop", { dataTransfer: data, bubbles: true }));
        }"""
    )
    page.wait_for_selector("text=a.csv")


def test_a_layer_comes_with_the_page(visit, tmp_path):
    own = tmp_path / "own.csv"
    own.write_text("id;value\ntheme:inclusion;3\n", encoding="utf-8")
    target = tmp_path / "x.html"
    export.write(POLICY, "html", target, layer=str(own))
    page = visit(f"{target.as_uri()}#thing?id=theme:inclusion")
    assert page.locator("p.noted").inner_text() == "3"


# -- how it is reached -----------------------------------------------------------------------------


def test_the_keyboard_is_enough(made, visit):
    page = visit(address(made))
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    first = page.locator("td a").first
    assert page.locator("td a[tabindex='0']").count() == 1
    first.focus()
    page.keyboard.press("ArrowRight")
    here = page.evaluate("document.activeElement.getAttribute('aria-label')")
    assert here == page.locator("td a").nth(1).get_attribute("aria-label")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Enter")
    page.wait_for_selector(".evidence")
    assert page.evaluate("document.activeElement.id") == "evidence-title"


def test_a_deep_link_opens_what_it_names_in_either_language(made, visit):
    page = visit(address(made, "cell"))
    assert page.locator(".evidence h2").is_visible()
    assert page.locator("td a[aria-current]").count() == 1
    page.get_by_role("link", name="English").click()
    page.wait_for_function("document.documentElement.lang === 'en'")
    assert "lang=en" in page.url
    assert page.locator(".evidence strong").first.inner_text() == "stated"
    page.get_by_role("link", name="Tree", exact=True).click()
    page.wait_for_selector(".icicle")
    assert page.locator("h1").inner_text() == "Tree"
    english = visit(f"{made.as_uri()}#matrix?lang=en&rows=theme&columns=goal&all=1")
    assert english.locator("tbody tr").count() == len(POLICY.themes)
    assert english.locator("thead th").count() == len(POLICY.goals)
    english.get_by_label("Hide empty rows and columns").check()
    assert english.locator("tbody tr").count() < len(POLICY.themes)
    english.get_by_label("Rows", exact=True).select_option("goal")
    assert "rows=goal" in english.url


def test_empty_matrices_and_unknown_views_say_so(made, visit):
    page = visit(address(made, "#matrix?rows=goal&columns=funding"))
    met = POLICY.matrix("goal", "funding").filled()
    assert (page.locator("text=Rien ne se rencontre ici.").count() == 1) == (not met)
    assert visit(address(made, "#nowhere")).locator("table.matrix").count() == 1
    page = visit(address(made, "unknown"))
    assert page.locator("a", has_text="Inclusion").count() > 0


def test_it_prints_what_is_read(made, visit):
    page = visit(address(made, "cell"))
    page.emulate_media(media="print")
    assert not page.locator("header form").is_visible()
    assert page.locator(".evidence").is_visible()
    wide = visit(address(made, "wide"), viewport={"width": 800, "height": 900})
    wide.emulate_media(media="print")
    assert wide.evaluate(CLIPPED) == []
    assert not wide.locator("table.matrix").is_visible()
    rows = {cell.row.id for cell in POLICY.matrix("action", "proposal").filled()}
    assert wide.locator(".printed li").count() == len(rows)
    sheet = page.pdf(print_background=True)
    assert sheet.startswith(b"%PDF")


# -- what may go wrong -----------------------------------------------------------------------------


def test_hostile_names_are_text(visit, tmp_path):
    policy = versions.hostile()
    target = tmp_path / "hostile.html"
    target.write_bytes(export.make(policy, "html"))
    for view in VIEWS.values():
        page = visit(target.as_uri() + view)
        assert page.locator("main script, main b, main img").count() == 0
    page = visit(f"{target.as_uri()}#thing?id={INCLUSION}")
    assert page.locator("h1").inner_text() == policy.get(INCLUSION).headline()


def test_a_version_with_little_in_it_has_every_view(visit, tmp_path):
    target = tmp_path / "first.html"
    target.write_bytes(export.make(ppun_bfc.load("2020.10.1"), "html"))
    for view in VIEWS.values():
        page = visit(target.as_uri() + view)
        assert page.locator("main h1").inner_text()
        assert page.evaluate(CLIPPED) == []


def test_the_policy_of_the_page_forbids_the_network(made, chromium):
    page = chromium.new_page()
    page.goto(address(made))
    page.wait_for_selector("h1")
    told = page.evaluate(
        """async () => {
          try { await fetch('http://127.0.0.1:9/'); return 'sent'; }
          catch (error) { return String(error); }
        }"""
    )
    assert "TypeError" in told
    blocked = page.evaluate(
        """() => new Promise((done) => {
          addEventListener('securitypolicyviolation', (event) => done(event.violatedDirective));
          const script = document.createElement('script');
          script.textContent = '1';
          document.body.append(script);
        })"""
    )
    assert blocked.startswith("script-src")
    page.close()


def test_broken_data_is_said(made, tmp_path, chromium):
    text = made.read_text(encoding="utf-8")
    broken = tmp_path / "broken.html"
    broken.write_text(re.sub(r'id="data">.{40}', 'id="data">AAAA', text), encoding="utf-8")
    page = chromium.new_page()
    page.goto(broken.as_uri())
    page.wait_for_selector("[role=alert]")
    assert "n’a pas pu lire ses données" in page.locator("[role=alert]").inner_text()
    page.close()


# -- how much -----------------------------------------------------------------------------------


def test_it_serves_ten_times_as_much(visit, tmp_path):
    from benchmarks.generate import snapshot

    policy = versions.policy_of(json.loads(json.dumps(snapshot(10))))
    target = tmp_path / "ten.html"
    target.write_bytes(export.make(policy, "html"))
    page = visit(f"{target.as_uri()}#matrix?rows=action&columns=proposal")
    assert page.locator("tbody tr").count() == 150  # the rest behind a button
    page.get_by_role("button", name="lignes de plus").click()
    assert page.locator("tbody tr").count() > 150
    page.get_by_role("searchbox").fill(policy.entities("action")[7].label.fr)
    page.wait_for_selector(".results li")
    assert page.locator(".results li").count() <= 31
    page.get_by_role("link", name="Arborescence", exact=True).click()
    page.wait_for_selector(".icicle")
