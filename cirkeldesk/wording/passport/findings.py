"""Findings about passports and their form, by key. B1, u-form: what, where, what now."""

from __future__ import annotations

from collections.abc import Mapping

PASSPORT_FINDINGS: Mapping[str, str] = {
    "passport_no_row": "Van {post} is geen regel ingevuld.",
    "passport_with": "Vul {label} in, want {other} is ingevuld.",
    "passport_whole": "{label} is een heel getal.",
    "passport_order": "{label} ligt voor {other}.",
    "passport_nowhere": "Zeg waar het ligt: weg, vak, hectometers of coördinaten.",
    "passport_day": "{label} is een dag, geen jaar.",
    "passport_future": "{label} ligt in de toekomst.",
    "passport_area": "Lengte maal breedte is {product} m². Kijk of het oppervlak klopt.",
    "passport_density": "Massa, dikte en oppervlak geven {density} ton per m³. Dat kan niet.",
    "passport_twice": "Deze laag staat ook op rij {row}.",
    "passport_left": "In het register staat ook {name}, en niet in dit formulier. Is het dezelfde laag, verbeter dan het "
    "formulier.",
    "passport_before": "{label} ligt voor de gunning op {awarded}.",
    "passport_old": "{label} kan niet kloppen: het jaar is te lang geleden.",
    "passport_below": "Deze rij valt buiten het formulier. Vraag een tweede formulier.",
    "passport_mix": "Aangebracht is {has}, geaccepteerd is {asked}.",
    "passport_reclaimed": "PR {has} %, beloofd is {asked} %.",
    "passport_mki": "MKI {has} € per ton, beloofd is {asked}.",
    "passport_set": "De MKI volgt weegset {has}, beloofd is {asked}.",
    "passport_mass": "In de paspoorten van {post} staat {has} ton, geleverd en geaccepteerd is {asked} ton.",
    "passport_expired": "De verklaring gold tot {until}, dus niet meer op de dag van aanbrengen.",
    "passport_tar": "Er is teer of asbest aangetroffen.",
}
