"""Figures as plain data, for the command line's `--json`: full precision, prices as text, unknown as null."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from cirkeldesk.exchange.reading import Note
from cirkeldesk.model.comparison.result import Comparison, VariantResult
from cirkeldesk.model.document.document import Document
from cirkeldesk.model.messages import Figure, Message, Problem
from cirkeldesk.model.product.composition import Share
from cirkeldesk.model.product.printed import ColumnCheck, Printed
from cirkeldesk.model.product.product import Product
from cirkeldesk.model.reference.group import ProductGroup
from cirkeldesk.model.tender.mixes import Mix, MixPair
from cirkeldesk.operations.import_report import FileReport
from cirkeldesk.wording import numbers, refusals, sentences

Plain = dict[str, Any]


def note_text(note: Note) -> str:
    """Findings of the model and errors of reading share one list of notes."""
    if note.message.key in refusals.ERRORS:
        return sentences.error(note.message.key, **note.message.values())
    return sentences.sentence(note.message)


def file_report(report: FileReport) -> Plain:
    """What became of a file; for a bid form also what it changes, or would change."""
    changes = [{"what": what, "before": before, "after": after} for what, before, after in report.changes]
    return {
        "file": report.file,
        "format": report.format,
        "status": report.status,
        "products": report.products,
        "tenders": report.tenders,
        "messages": [{"level": n.level, "where": n.where, "text": note_text(n)} for n in report.notes],
        **({"changes": changes} if changes else {}),
    }


def tender_rows(rows: list[Mapping[str, Any]], groups: Mapping[str, Document]) -> list[Plain]:
    def group_code(digest: str | None) -> str | None:
        value = groups.get(digest or "")
        return value.code if isinstance(value, ProductGroup) else None

    names = ("number", "id", "title", "status", "variants")
    return [{**{n: row[n] for n in names}, "product_group": group_code(row["product_group"])} for row in rows]


def product_rows(rows: list[Mapping[str, Any]]) -> list[Plain]:
    return [
        {
            "id": row["id"],
            "uuid": row["uuid"],
            "version": row["version"],
            "name": row["name"],
            "declared_unit": row["declared_unit"],
            "sets": row["sets"].split(),
        }
        for row in rows
    ]


def product(value: Product) -> Plain:
    """A product with its rows exactly as declared, per declared amount."""
    return {
        "id": value.id,
        "uuid": value.uuid,
        "version": value.version,
        "name": value.name,
        "declared_unit": value.declared_unit,
        "declared_amount": value.declared_amount,
        "density_kg_m3": value.density_kg_m3,
        "valid_until": value.valid_until,
        "warnings": list(value.warnings),
        "open": [{"key": question.key, "choices": list(question.choices)} for question in value.open],
        **({"columns": [_column(column) for column in value.columns]} if value.columns else {}),
        "composition": [
            {"name": c.name, "fraction": c.fraction, "origin": c.origin}
            for c in value.composition.constituents
        ],
        "declarations": [
            {
                "set": declaration.set,
                "rules": declaration.rules,
                "category": declaration.category,
                "method": declaration.method,
                "scenario_choice": declaration.scenario_choice,
                "scenario_choices": list(declaration.choices),
                "values": [
                    {
                        "indicator": row.indicator,
                        "module": row.module,
                        "scenario": row.scenario,
                        "value": row.value,
                        "unit": row.unit,
                        "raw": row.raw,
                        "state": row.state,
                        **_printed(row.printed),
                    }
                    for row in declaration.values
                ],
            }
            for declaration in value.declarations
        ],
    }


def _printed(printed: Printed | None) -> Plain:
    """Of a value read from a PDF: its page, its box there in points, and what the table proves of it."""
    if printed is None:
        return {}
    box = [printed.left, printed.bottom, printed.right, printed.top]
    return {"page": printed.page, "box": box, "proof": printed.proof}


def _column(column: ColumnCheck) -> Plain:
    return {
        "set": column.set,
        "module": column.module,
        "check": column.state,
        "proven": column.proven,
        "of": column.of,
        "differs": list(column.differs),
    }


def comparison(value: Comparison) -> Plain:
    """`compare --json`: what is asked and, per variant in screen order, every figure with state and reason
    where null."""
    tender, ask = value.tender, value.tender.ask
    return {
        "tender": tender.number,
        "title": tender.title,
        "weighting_set": {
            "code": value.weighting_set.code,
            "edition": value.weighting_set.edition,
            "unverified": list(value.weighting_set.unverified),
            "is_ours": not value.has_foreign_weights,
        },
        "ask": {
            "modules": list(ask.modules),
            "replacement_rule": value.replacement_rule,
            "analysis_period": ask.analysis_period,
            "include_d": ask.include_d,
        },
        "functional_unit": value.group.functional_unit,
        "functional_quantity": tender.functional_quantity,
        "reference": value.reference.id if value.reference else None,
        "conclusion": sentences.sentence(value.conclusion),
        "findings": [sentences.sentence(problem.message) for problem in value.findings],
        "variants": [variant(value, result) for result in value.variants],
    }


def variant(value: Comparison, result: VariantResult) -> Plain:
    ask = value.tender.ask
    figures: dict[str, Figure] = {
        "mki.total": result.total,
        "mki.check": result.check,
        "mki.a_to_c": result.a_to_c,
        "mki.d": result.d,
        "mki.per_functional_unit": result.per_unit,
        "mki.per_functional_unit_year": result.per_unit_year,
        "gwp_kg.a_to_c": result.gwp_a_to_c,
        "gwp_kg.d": result.gwp_d,
        "mass_kg": result.mass_kg,
        "price": Figure(0.0) if result.price is not None else result.price_state,
    }
    shares = {
        "biobased": "primary_biobased",
        "secondary": "secondary",
        "reused": "reused",
        "primary_abiotic": "primary_abiotic",
    }
    for name, origin in shares.items():
        if result.shares[origin] is None:
            figures[name] = result.share_states[origin]
    for post in result.posts:
        figures[f"by_post.{post.post_id}"] = post.mki
    if result.undivided is None:
        known = result.total.value is not None
        figures["mki.undivided"] = (
            Figure.unknown("not_applicable", "nothing_undivided")
            if known
            else Figure(None, result.total.state, result.total.reason)
        )
    if result.source is None:
        figures["mki.source"] = Figure(None, result.total.state or "empty", result.total.reason)
    if result.rank is None:
        figures["rank"] = Figure.unknown("not_computable", "not_ranked")
    return {
        "id": result.id,
        "name": result.name,
        "role": result.role,
        "comparable": result.comparable,
        "problems": [
            {"where": place(value, p), "text": sentences.sentence(p.message)} for p in result.problems
        ],
        "mki": {
            "total": result.total.value,
            "source": result.source,
            "check": result.check.value,
            "undivided": result.undivided,
            "a_to_c": result.a_to_c.value,
            "d": result.d.value,
            "per_functional_unit": result.per_unit.value,
            "per_functional_unit_year": result.per_unit_year.value,
            "by_module": dict(result.by_module),
            "by_indicator": dict(result.by_indicator),
            "by_post": [
                {"id": post.id, "name": post.name, "value": result.post(post.id).mki.value}
                for post in value.tender.posts
            ],
            "basis": {"modules": list(ask.modules), "missing": missing(result)},
        },
        "gwp_kg": {"a_to_c": result.gwp_a_to_c.value, "d": result.gwp_d.value},
        "states": {name: state(figure) for name, figure in figures.items() if figure.value is None},
        "mass_kg": result.mass_kg.value,
        "biobased": share(result.shares["primary_biobased"], with_basis=True),
        "secondary": share(result.shares["secondary"]),
        "reused": share(result.shares["reused"]),
        "primary_abiotic": share(result.shares["primary_abiotic"]),
        "price": str(numbers.rounded(result.price, 2)) if result.price is not None else None,
        "rank": result.rank,
    }


def missing(result: VariantResult) -> list[Plain]:
    return [
        {"post": post.post_id, "module": module or None, "indicator": indicator}
        for post in result.posts
        for module, indicator in post.missing
    ]


def state(figure: Figure) -> Plain:
    return {"state": figure.state, "reason": reason_text(figure.reason)}


def reason_text(reason: Message | None) -> str | None:
    return sentences.sentence(reason) if reason is not None else None


def share(value: Share | None, *, with_basis: bool = False) -> Plain | None:
    if value is None:
        return None
    plain: Plain = {"low": value.low, "high": value.high}
    return {**plain, "basis": value.basis} if with_basis else plain


def place(value: Comparison, problem: Problem) -> str:
    """ "Inschrijving C, Onderlaag": where a finding is."""
    names = [v.name for v in value.tender.variants if v.id == problem.variant_id]
    names += [p.name for p in value.tender.posts if p.id == problem.post_id]
    return ", ".join(names)


def mix_json(found: Sequence[Mix], pairs: Sequence[MixPair]) -> dict[str, Any]:
    """The mixes asked, and the pairs that differ in one property, by their place in the list."""
    place = {id(mix): number for number, mix in enumerate(found)}
    mixes = [
        {"asked": dict(mix.asked), "tenders": mix.tenders, "posts": len(mix.uses), "amount": mix.amount}
        for mix in found
    ]
    alike = [
        {"mixes": [place[id(pair.one)], place[id(pair.other)]], "differs_in": pair.field} for pair in pairs
    ]
    return {"mixes": mixes, "almost_alike": alike}
