"""What is kept of a supply or demand, typed over; and its photos."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from cirkeldesk.model.document.document import Kind, from_plain, to_plain
from cirkeldesk.model.material.edits import MaterialEdit
from cirkeldesk.model.material.material import Demand, Supply
from cirkeldesk.model.product.product import Attachment
from cirkeldesk.model.refusal import StoreError
from cirkeldesk.operations.material.materials import (
    check_ours,
    demand_in,
    edit_in,
    edit_supply,
    put_all,
    supply_in,
)
from cirkeldesk.operations.picture import drawn_again
from cirkeldesk.operations.workspace import Workspace

PHOTO_PIXELS = (1600, 1600)
LARGEST_PHOTO = 30 * 1024 * 1024  # bytes, as a telephone makes them
MOST_PHOTOS = 6
NESTED = ("format", "place", "depot", "new")


def plain_of(workspace: Workspace, kind: Kind, identity: str) -> dict[str, Any]:
    """What is kept, as the data that `material` reads. Raises StoreError not_found."""
    with workspace.unit() as unit:
        return to_plain(supply_in(unit, identity) if kind == "supply" else demand_in(unit, identity))


def change(workspace: Workspace, kind: Kind, identity: str, said: Mapping[str, Any]) -> None:
    """Type over what is kept: `said` has the new values by field, None for what is not known any more; what
    it does not name stays, and who has what is decided elsewhere. Raises DocumentError with the field,
    StoreError not_found, material_theirs or material_short."""
    with workspace.unit() as unit:
        before = supply_in(unit, identity) if kind == "supply" else demand_in(unit, identity)
        check_ours(unit, before)
        made = from_plain(_over(to_plain(before), said), kind)
        assert isinstance(made, (Supply, Demand))
        if isinstance(made, Supply):
            put_all(unit, [made], ())
        else:
            put_all(unit, (), [made])


def _over(plain: dict[str, Any], said: Mapping[str, Any]) -> dict[str, Any]:
    """`said` over what there was, within a place or format too; what became None is left out."""
    made = dict(plain)
    for name, value in said.items():
        if name in NESTED and isinstance(value, Mapping):
            inner = {**(made.get(name) or {}), **value}
            value = {key: one for key, one in inner.items() if one is not None} or None
        made[name] = value
    return {name: value for name, value in made.items() if value is not None}


def add_photo(workspace: Workspace, identity: str, path: Path) -> None:
    """Keep a photo with a supply of one's own. Where and with what it was taken is not kept: the photo goes
    to others. Raises StoreError photo_unreadable, photos_enough, or material_theirs."""
    content = drawn_again(path, PHOTO_PIXELS, "JPEG", largest=LARGEST_PHOTO, refusal="photo_unreadable")
    with workspace.unit() as unit:
        digest = unit.attachments.keep(content)

        def make(found: Supply, _day: str) -> MaterialEdit[Supply]:
            others = tuple(one for one in found.photos if one.sha256 != digest)
            if len(others) >= MOST_PHOTOS:
                raise StoreError("photos_enough", most=MOST_PHOTOS)
            photos = (*others, Attachment(f"{path.stem[:60]}.jpg", digest))
            return MaterialEdit("material_photo", {"name": found.name}, replace(found, photos=photos))

        edit_in(unit, identity, make)


def remove_photo(workspace: Workspace, identity: str, digest: str) -> None:
    """Take a photo away from a supply. Raises StoreError material_theirs."""
    edit_supply(
        workspace,
        identity,
        lambda found, day: MaterialEdit(
            "material_photo",
            {"name": found.name},
            replace(found, photos=tuple(one for one in found.photos if one.sha256 != digest)),
        ),
    )


def photos_of(workspace: Workspace, identity: str) -> list[tuple[str, str, bytes]]:
    """(name, digest, JPEG) of each photo of a supply. Raises StoreError not_found."""
    with workspace.unit() as unit:
        found = supply_in(unit, identity).photos
        return [(one.file, one.sha256, unit.attachments.content(one.sha256)) for one in found]
