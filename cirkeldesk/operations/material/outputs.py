"""What leaves the depot on paper, and as a product of a tender."""

from __future__ import annotations

from pathlib import Path

from cirkeldesk.charts.code import code_of
from cirkeldesk.charts.description import Chart
from cirkeldesk.charts.photo import Photo
from cirkeldesk.model.material.material import KG_PER_T, Supply
from cirkeldesk.model.product.composition import Composition, Constituent
from cirkeldesk.model.product.product import Product
from cirkeldesk.operations.material.materials import get_supply, material_kinds, new_id, supply_in, today_in
from cirkeldesk.operations.paper.single import carried_by, paper_file
from cirkeldesk.operations.whole_file import write_file
from cirkeldesk.operations.workspace import Workspace
from cirkeldesk.wording.material import sheet

IDENTIFIER = "urn:cirkeldesk:material:"
DECLARED = {"m2": "m2", "m": "m", "piece": "piece", "ton": "ton"}
GROUPS = {"paving": "straatstenen", "furniture": "straatmeubilair"}


def write_offer(workspace: Workspace, identity: str, path: Path) -> None:
    """The offer sheet with its QR code, as PDF or Word document. Raises StoreError."""
    supply = get_supply(workspace, identity)
    identifier = f"{IDENTIFIER}{supply.id}"
    with workspace.unit() as unit:
        carried, day = carried_by(unit, f"cirkeldesk:material/{supply.id}"), today_in(unit)
        figures: dict[str, Chart | Photo] = {sheet.CODE: code_of(identifier)}
        for number, photo in enumerate(supply.photos[: sheet.MOST_PHOTOS]):
            said = f"Foto van {supply.name}: {photo.file}."
            figures[f"{sheet.PHOTO}{number}"] = Photo(unit.attachments.content(photo.sha256), said)
    made = sheet.offer_paper(supply, identifier, day)
    write_file(workspace, path, paper_file(made, carried, path, figures))


def as_product(workspace: Workspace, identity: str) -> str:
    """A product *hergebruikt* in the library, to answer a post with: all of it reused, so that the monitor
    counts it at the work that receives it, once. It declares no MKI: who has a fixed value of its own gives
    it in the ask, with its source. Returns its id. Raises StoreError."""
    with workspace.unit() as unit:
        supply = supply_in(unit, identity)
        made = product_of(supply, new_id())
        unit.commit("product", made.id, made, "product_new", {"name": made.name})
    return made.id


def product_of(supply: Supply, identity: str) -> Product:
    """What a supply is as a product; mass and sizes as they are known."""
    kind = material_kinds()[supply.kind]
    per_m2 = supply.mass_per_unit if supply.unit == "m2" else None
    thickness = supply.format.thickness
    return Product(
        identity,
        f"{supply.name}, hergebruikt",
        product_group=GROUPS.get(kind.family),
        supplier=supply.organisation or None,
        owner=supply.owner or None,
        declared_unit=DECLARED[supply.unit],
        declared_amount=1.0,
        mass_per_m2_kg=per_m2,
        thickness_m=thickness / KG_PER_T if thickness is not None else None,
        composition=Composition((Constituent(kind.name, 1.0, "reused"),)),
        attachments=supply.photos,
        fictitious=supply.fictitious,
    )
