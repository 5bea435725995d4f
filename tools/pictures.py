"""Every page as a picture, light, dark and in a contrast theme, at the sizes people have: `python3 start.py
pictures`."""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPalette
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from cirkeldesk import paths
from cirkeldesk.desktop.application import application
from cirkeldesk.desktop.frame.window import MainWindow
from cirkeldesk.desktop.kit.look import theme
from cirkeldesk.desktop.tender.steps import TenderStep
from cirkeldesk.desktop.tender.view import TenderView
from cirkeldesk.model.award.acts import set_award
from cirkeldesk.model.tender import edits
from cirkeldesk.model.tender.edits import set_price, set_publication
from cirkeldesk.model.tender.tender import OfferedMki, Tender
from cirkeldesk.operations.award.awards import Correction, correct_bid, judge, lock_rules, open_bids, practise
from cirkeldesk.operations.file.keeping import back_up
from cirkeldesk.operations.imports import Batch, import_files
from cirkeldesk.operations.paper.export import export_dossier
from cirkeldesk.operations.settings import Settings
from cirkeldesk.operations.tender.bids import write_form
from cirkeldesk.operations.tender.example import example_groups
from cirkeldesk.operations.tender.tenders import edit_tender, get_tender, new_tender
from cirkeldesk.operations.workspace import Workspace, open_workspace
from tools.desk_pictures import desk_pages, material_pages, monitor_pages

SIZES = ((1366, 768), (1920, 1080), (911, 442), (683, 700))
SCHEMES = {"licht": Qt.ColorScheme.Light, "donker": Qt.ColorScheme.Dark, "contrast": Qt.ColorScheme.Dark}
# The contrast theme "Night sky" of Windows 11, for pictures where no such theme is.
NIGHT_SKY = {
    QPalette.ColorRole.Window: "#000000",
    QPalette.ColorRole.WindowText: "#FFFFFF",
    QPalette.ColorRole.Highlight: "#D6B4FD",
    QPalette.ColorRole.HighlightedText: "#2B2B2B",
}


def night_sky() -> QPalette:
    palette = QPalette()
    for role, color in NIGHT_SKY.items():
        palette.setColor(role, QColor(color))
    return palette


LONGEST = 120.0  # seconds for the worker; only for what hangs


def settle(window: MainWindow, pause: int = 60) -> None:
    """Let layouts, timers and the worker finish."""
    QTest.qWait(pause)
    end = time.monotonic() + LONGEST
    while window.worker.is_busy and time.monotonic() < end:
        time.sleep(0.02)  # QTest.qWait keeps the interpreter to itself, and the worker needs it
        QApplication.processEvents()
    QTest.qWait(20)


def pages(window: MainWindow) -> Iterator[tuple[str, Callable[[], None]]]:
    """(name, how to get there) of every page and view."""
    yield "01-lijst", window.show_list
    yield "02-producten", window.show_products

    def by_hand(tab: int) -> Callable[[], None]:
        def go() -> None:
            window.show_products()
            if (
                window.products.product is None
                or window.products.product.source is not None
                or window.products.product.uuid
            ):
                window.products.new()
            window.products.editor.tabs.setCurrentIndex(tab)

        return go

    yield "12-product-waarden", by_hand(0)
    yield "13-product-samenstelling", by_hand(1)
    yield "14-product-gegevens", by_hand(2)
    yield from table_and_form(window)
    yield "11-instellingen", window.show_settings
    view = window.view
    assert view is not None

    def to(step: int) -> Callable[[], None]:
        def go() -> None:
            window.show_tender()
            view.go_to(step)
            if step == TenderStep.COMPARISON:
                view.comparison._close_why()
                view.comparison.setCurrentWidget(view.comparison.main)
                view.comparison.tabs.setCurrentIndex(0)

        return go

    view.variants.close_form()
    yield "03-uitvraag", to(0)
    yield "04-varianten", to(1)
    yield "05-vergelijking", to(2)

    def charts() -> None:
        to(2)()
        view.comparison.tabs.setCurrentIndex(1)

    yield "06-grafieken", charts

    def sure() -> None:
        to(2)()
        view.comparison.tabs.setCurrentIndex(2)

    yield "19-zekerheid", sure

    def method() -> None:
        to(0)()
        view.choose_method()

    yield "20-methode", method

    def why() -> None:
        to(2)()
        view.comparison._why(1, 3)
        tree = view.comparison.why_page.tree
        tree.expandToDepth(1)

    yield "07-waarom", why

    def difference() -> None:
        to(2)()
        view.comparison.explain_difference()

    yield "08-verschil", difference
    yield "18-gunning", to(3)
    yield "09-advies", to(4)
    yield "10-open-punten", view.show_points


def side_pages(window: MainWindow) -> Iterator[tuple[str, Callable[[], None]]]:
    """What stands beside or over a page: help, keys, history, what ran, the search, the bar that finds, text,
    zoom."""
    view = window.view
    assert view is not None

    def in_comparison(run: Callable[[], None]) -> Callable[[], None]:
        def go() -> None:
            window.side.close_panel()
            window.palette_search.close_palette()
            window.find_bar.hide()
            window.show_tender()
            view.go_to(TenderStep.COMPARISON)
            view.comparison.setCurrentWidget(view.comparison.main)
            view.comparison.tabs.setCurrentIndex(0)
            run()

        return go

    def search() -> None:
        window.palette_open()
        window.palette_search.field.setText("sma")
        window.palette_search.search()

    def find() -> None:
        window.find_in_page()
        window.find_bar.field.setText("biobased")

    def differences() -> None:
        view.comparison.show_as(2)

    yield "30-hulp", in_comparison(window.show_help)
    yield "31-toetsen", in_comparison(window.show_keys)
    yield "32-geschiedenis", in_comparison(window.show_history)
    yield "33-werk", in_comparison(window.show_activity)
    yield "34-zoek-overal", in_comparison(search)
    yield "35-zoek-op-pagina", in_comparison(find)
    yield "36-als-tekst", in_comparison(view.comparison.read_as_text)
    yield "37-verschillen", in_comparison(differences)
    yield "38-namen-verborgen", in_comparison(window.hide_names)

    def back() -> None:
        view.comparison.show_as(0)
        window.hide_names()

    yield "39-namen-terug", in_comparison(back)


def table_and_form(window: MainWindow) -> Iterator[tuple[str, Callable[[], None]]]:
    """A table that must be laid out, the report of a batch, and a bid form with faults."""
    folder = window.workspace.store.path.parent
    table = folder / "tabel.csv"
    table.write_text(
        "Effect;Eenheid;A1-A3;C3;D\nKlimaatverandering;;62,5;1;-6\nVerzuring;;0,25;0,1;0\n", encoding="utf-8"
    )
    form = folder / "inschrijfformulier.xlsx"
    write_form(window.workspace, "voorbeeld", form)

    def lay_out() -> None:
        window.show_products()
        window.products.lay_out_table(table)

    def report() -> None:
        window.show_products()
        window.products.report.show_batch(Batch([table, form], import_files(window.workspace, [table, form])))
        window.products.show_report()

    def faulty() -> None:
        window.products.show_main()
        window.show_tender()
        assert window.view is not None
        window.view.go_to(TenderStep.VARIANTS)
        window.view.variants.read_form(form)

    yield "15-tabel-indelen", lay_out
    yield "16-verslag", report
    yield "17-formulier", faulty


def award_pages(window: MainWindow) -> Iterator[tuple[str, Callable[[], None]]]:
    """The example after the opening: a winner, a correction, the question after a mistake, and an
    oefenkopie."""
    workspace, identity = window.workspace, "voorbeeld"
    workspace.store._clock = lambda: "2026-12-01T09:00:00+00:00"
    lock_rules(workspace, identity, "2026-11-03", "Aanbestedingsleidraad 1.0 (verzonnen)")
    workspace.store._clock = lambda: "2026-12-14T09:00:00+00:00"
    open_bids(workspace, identity, "twee collega's (verzonnen)")
    for variant in get_tender(workspace, identity).bids:
        judge(workspace, identity, variant.id, "valid", reason="volledig", article="", person="VOORBEELD")
    said = Correction("own_error", "v3", "cijfers verwisseld (verzonnen)", "inschrijfbiljet A", page="2")
    correct_bid(
        workspace,
        identity,
        set_price(get_tender(workspace, identity), "v3", Decimal(1_214_000), "prijs"),
        said,
    )
    window.open_tender(identity)
    view = window.view
    assert view is not None
    yield "21-winnaar", lambda: view.go_to(TenderStep.AWARD)
    yield "22-op-slot", view.choose_method
    yield "23-gecorrigeerd", lambda: view.go_to(TenderStep.VARIANTS)

    def ask() -> None:
        view.go_to(TenderStep.VARIANTS)
        view.session.commit(set_price(view.session.tender, "v5", Decimal(1_100_000), "prijs"))
        view.counter_act.choose("obvious_error")

    yield "24-herstel", ask

    yield from paper_pages(view)

    def practice() -> None:
        window.open_tender(practise(workspace, identity))
        assert window.view is not None
        window.view.go_to(TenderStep.AWARD)

    yield "25-oefenkopie", practice


def paper_pages(view: TenderView) -> Iterator[tuple[str, Callable[[], None]]]:
    """What the papers need, the letters, a final version, and what outside sees."""
    page = view.advice

    def show(tab: QWidget) -> Callable[[], None]:
        def go() -> None:
            view.counter_act.cancel()
            view.go_to(TenderStep.ADVICE)
            page.tabs.setCurrentWidget(tab)

        return go

    def data() -> None:
        for name, value, label in (
            ("procedure", "open", "procedure"),
            ("expiry_days", 20, "vervaltermijn"),
            ("expiry_source", "paragraaf 5.2 (verzonnen)", "waar de vervaltermijn staat"),
        ):
            view.session.commit(set_publication(name, value, label))
        show(page.data)()

    def final() -> None:
        page.finalise()
        show(page.versions)()

    def outside() -> None:
        page.tabs.setCurrentIndex(0)
        page.show_audience("external")

    yield "26-gegevens", data
    yield "27-brieven", show(page.letters)
    yield "28-versies", final
    yield "29-advies-extern", outside


def group_pages(window: MainWindow) -> Iterator[tuple[str, Callable[[], None]]]:
    """The example of every other product group: what is asked, what is answered, and how they compare."""

    def show(group: str, step: int) -> Callable[[], None]:
        def go() -> None:
            if step == TenderStep.ASK:
                window.open_example(group)
            window.go_to_step(step)

        return go

    for place, group in enumerate(example_groups()[1:], 40):
        for step, name in enumerate(("uitvraag", "varianten", "vergelijking")):
            yield f"{place}-{group}-{name}", show(group, step)


def keeping_pages(window: MainWindow, folder: Path) -> Iterator[tuple[str, Callable[[], None]]]:
    """What keeps the file safe, and a dossier of a colleague who changed the same place."""

    def merge() -> None:
        assert window.view is not None
        identity = window.view.session.identity
        there, back = folder / "collega.db", folder / "terug.cirkel"
        export_dossier(window.workspace, identity, back)
        with open_workspace(there, author="collega (verzonnen)") as workspace:
            import_files(workspace, [back])
            edit_tender(workspace, identity, edits.set_field("title", "Deklagen N000, aangevuld", "titel"))
            edit_tender(workspace, identity, edits.set_field("closes_on", "2027-03-01", "sluiting"))
            export_dossier(workspace, identity, back)
        edit_tender(
            window.workspace, identity, edits.set_field("title", "Deklagen N000, tweede fase", "titel")
        )
        window.open_file(back)

    def keep() -> None:
        back_up(window.workspace)
        window.show_keeping()

    def end() -> None:
        window.show_keeping()
        window.keeping.ensureWidgetVisible(window.keeping.old_copies)

    yield "60-bewaren", keep
    yield "61-wissen", end
    yield "62-samenvoegen", merge


def take(folder: Path, sizes: tuple[tuple[int, int], ...] = SIZES) -> list[Path]:
    """Write all pictures and return their paths."""
    app = application()
    made = []
    with tempfile.TemporaryDirectory() as home:
        with open_workspace(Path(home) / "beelden.db") as workspace:
            for scheme_name, scheme in SCHEMES.items():
                theme.choose_scheme(scheme, night_sky() if scheme_name == "contrast" else None)
                theme.apply(app)
                for width, height in sizes:
                    size = f"{width}x{height}-{scheme_name}"
                    with open_workspace(Path(home) / f"leeg-{size}.db") as empty:
                        window = opened(empty, width, height)
                        made.append(save(window, folder / f"00-eerste-scherm-{size}.png"))
                        window.close()
                    window = opened(workspace, width, height)
                    window.open_example()
                    for name, go in (*pages(window), *side_pages(window), *group_pages(window)):
                        go()
                        settle(window, 260 if name.startswith("09") else 40)
                        made.append(save(window, folder / f"{name}-{size}.png"))
                    window.close()
                    window.deleteLater()
                    with open_workspace(Path(home) / f"kalender-{size}.db") as team:
                        window = opened(team, width, height)
                        for name, go in desk_pages(window, Path(home)):
                            go()
                            settle(window)
                            made.append(save(window, folder / f"{name}-{size}.png"))
                        window.close()
                        window.deleteLater()
                    with open_workspace(Path(home) / f"monitor-{size}.db") as counted:
                        window = opened(counted, width, height)
                        for name, go in (*monitor_pages(window, Path(home)), *material_pages(window)):
                            go()
                            settle(window)
                            made.append(save(window, folder / f"{name}-{size}.png"))
                        window.close()
                        window.deleteLater()
                    with open_workspace(Path(home) / f"bewaren-{size}.db") as kept:
                        window = opened(kept, width, height)
                        window.open_tender(handbook_tender(kept))
                        own = Path(home) / size
                        own.mkdir()
                        for name, go in keeping_pages(window, own):
                            go()
                            settle(window)
                            made.append(save(window, folder / f"{name}-{size}.png"))
                        window.close()
                        window.deleteLater()
                    with open_workspace(Path(home) / f"gunning-{size}.db") as awarded:
                        window = opened(awarded, width, height)
                        window.open_example()
                        for name, go in award_pages(window):
                            go()
                            settle(window, 400 if name.startswith("29") else 40)
                            made.append(save(window, folder / f"{name}-{size}.png"))
                        window.close()
                        window.deleteLater()
        theme.choose_scheme(None)
        theme.apply(app)
    return made


def opened(workspace: Workspace, width: int, height: int) -> MainWindow:
    window = MainWindow(workspace, Settings())
    window.resize(width, height)
    window.show()
    settle(window)
    return window


def save(window: MainWindow, path: Path) -> Path:
    window.grab().save(str(path))
    return path


# What the handbook types: product and MKI per ton of each layer, and the price.
TYPED = (
    ("Nulvariant", (("SMA 11", 9.8), ("AC 16 bind", 7.9), ("AC 22 base", 7.5)), "1230000"),
    ("Inschrijving A", (("SMA 8G+", 9.2), ("AC 16 40 %", 7.1), ("AC 22 50 %", 6.9)), "1240000"),
    ("Inschrijving B", (("SMA 11 lignine", 8.9), ("AC 16 PR", 6.8), ("AC 22 PR", 6.4)), "1265000"),
)
HANDBOOK_SIZE = (1180, 720)


def handbook_tender(workspace: Workspace) -> str:
    """The tender of the fifteen minutes in the handbook. Returns its id."""
    identity = new_tender(workspace)

    def do(make: Callable[[Tender], edits.Edit]) -> None:
        edit_tender(workspace, identity, make(get_tender(workspace, identity)))

    do(lambda _: edits.set_field("title", "Deklagen N000", "titel"))
    do(lambda _: edits.set_field("functional_quantity", 12_000.0, "oppervlakte"))
    do(lambda _: edits.set_ask("analysis_period", 30, "beschouwingsperiode"))
    for post, thickness in (("p1", 35.0), ("p2", 60.0), ("p3", 90.0)):
        do(lambda tender, p=post, t=thickness: edits.set_post_value(tender, p, "thickness_mm", t, "dikte"))  # type: ignore[misc]
    do(lambda _: edits.set_ask("replacement_rule", "fractional_with_d", "vervangingsregel"))
    do(lambda _: edits.set_ask("includes_replacement", "yes", "vervanging verwerkt"))
    for name, value in (
        ("method", "mki_discount"),
        ("upper", "60000"),
        ("lower", "30000"),
        ("maximum", "100000"),
    ):
        do(lambda _, n=name, v=value: set_award(n, v if n == "method" else Decimal(v), n))  # type: ignore[misc]
    for number, (name, layers, price) in enumerate(TYPED):
        do(
            lambda tender, n=number: edits.add_variant(  # type: ignore[misc]
                edits.next_variant(tender, "bid" if n else "reference")
            )
        )
        variant = get_tender(workspace, identity).variants[-1].id
        assert get_tender(workspace, identity).variants[-1].name == name
        for post, (product, mki) in zip(("p1", "p2", "p3"), layers, strict=True):
            do(lambda t, v=variant, p=post, x=product: edits.type_product(t, v, p, x, "product"))  # type: ignore[misc]
            do(lambda t, v=variant, p=post, x=mki: edits.type_mki(t, v, p, OfferedMki(total=x), "MKI"))  # type: ignore[misc]
        do(lambda t, v=variant, x=price: set_price(t, v, Decimal(x), "prijs"))  # type: ignore[misc]
    return identity


def take_for_handbook(folder: Path) -> list[Path]:
    """The pictures that docs/handleiding shows."""
    app = application()
    theme.choose_scheme(Qt.ColorScheme.Light)
    theme.apply(app)
    made = []
    with tempfile.TemporaryDirectory() as home, open_workspace(Path(home) / "beelden.db") as workspace:
        window = opened(workspace, *HANDBOOK_SIZE)
        window.open_tender(handbook_tender(workspace))
        assert window.view is not None
        for step, name in enumerate(("uitvraag", "varianten", "vergelijking", "gunning", "advies")):
            window.view.go_to(step)
            settle(window, 400)
            made.append(save(window, folder / f"{name}.png"))
        window.close()
    return made


def main() -> int:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    if sys.argv[1:2] == ["--handbook"]:
        folder = paths.handbook() / "beelden"
        folder.mkdir(exist_ok=True)
        for path in take_for_handbook(folder):
            print(path.name)
        return 0
    if any(word.startswith("-") for word in sys.argv[1:]):
        print("pictures [FOLDER] or pictures --handbook", file=sys.stderr)
        return 2
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else Path("build") / "pictures"
    folder.mkdir(parents=True, exist_ok=True)
    for path in take(folder):
        print(path)
    return 0


if __name__ == "__main__":
    sys.exit(main())
