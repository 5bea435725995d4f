"""On what basis a figure stands, and whether the figures that are ranked stand on the same one.

Two MKIs say something about each other only where rules and version, background database, version of the
characterisation method, tool and data category are alike. Each is judged per figure: against the ask where
the ask prescribes it, else among the variants that are ranked together. What differs is a finding; what is
not known, where others are known or the ask prescribes it, is one too. Other rules, and a background the ask
does not prescribe, keep a figure from being compared; the rest is said and judged by a person. What is only
*unknown* never takes a bid out of the ranking by itself: one clarification of what was so at the deadline
comes first, alike for all. Source: DOMAIN 4.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from cirkeldesk.model.comparison.result import Comparable, VariantResult
from cirkeldesk.model.messages import Level, Message, Problem
from cirkeldesk.model.product.basis import Aspect, FigureBasis, is_en_15804_only, same_text
from cirkeldesk.model.tender.ask import Ask
from cirkeldesk.model.tender.tender import Tender

# What the ask may prescribe of an aspect: the texts that fit, () where it prescribes nothing.
_ASKED: Mapping[Aspect, Callable[[Ask], tuple[str, ...]]] = {
    "rules": lambda ask: (ask.rules,) if ask.rules else (),
    "background": lambda ask: (ask.background,) if ask.background else (),
    "method": lambda ask: (),
    "tool": lambda ask: ask.tools_accepted,
    "category": lambda ask: (),  # which categories are allowed is judged with the product
}
_BLOCKS_AMONG: frozenset[Aspect] = frozenset({"rules"})
_BLOCKS_ASKED: frozenset[Aspect] = frozenset({"rules", "background"})
# Findings that leave a figure ranked, but not on a basis that is known to be the same.
BASIS_DIFFERS: frozenset[str] = frozenset(
    f"{what}_{aspect}" for aspect in _ASKED for what in ("differing", "unknown")
) | {"other_tool"}


@dataclass(frozen=True)
class _Seen:
    """What one aspect is among the variants ranked together: by variant id, the texts its figures have."""

    aspect: Aspect
    by_variant: Mapping[str, frozenset[str | None]]
    prescribed: bool = False  # the ask says something of it, even where each answer is judged elsewhere

    @cached_property
    def known(self) -> dict[str, str]:
        """Each text that is stated, once: how it is compared → how it was written first."""
        found: dict[str, str] = {}
        for texts in self.by_variant.values():
            for text in sorted(text for text in texts if text is not None):
                found.setdefault(same_text(text), text)
        return found


def findings_among_variants(results: list[VariantResult], tender: Tender) -> list[VariantResult]:
    """Each variant with what is to be said of the basis of its figures, and comparable as that leaves it."""
    found: dict[str, list[Problem]] = {result.id: [] for result in results}
    for result in results:
        found[result.id] += _orienting(result, [one for one in results if one.is_bid == result.is_bid])
        found[result.id] += _equivalence(result)
    for group in (_of(results, is_bid=True), _of(results, is_bid=False)):
        for problem in _among(group, tender):
            found[problem.variant_id or ""].append(problem)
    return [_with(result, tuple(found[result.id])) for result in results]


def _among(group: Sequence[VariantResult], tender: Tender) -> Iterator[Problem]:
    """What is found among variants that are ranked together, aspect by aspect."""
    for aspect, prescribed in _ASKED.items():
        # Who takes no part sets no basis for the others, and is judged beside them all the same.
        taking_part = (result for result in group if not result.invalid)
        stated = {one.id: frozenset(_texts(one, aspect)) for one in taking_part}
        seen = _Seen(aspect, stated, aspect == "category" and bool(tender.ask.categories_allowed))
        for result in group:
            yield from _on_aspect(result, seen, prescribed(tender.ask))
    yield from _released_differ(group, [post.id for post in tender.posts if post.kind == "released"])


def _of(results: Iterable[VariantResult], *, is_bid: bool) -> list[VariantResult]:
    return [result for result in results if result.is_bid == is_bid]


def _bases(result: VariantResult, aspect: Aspect) -> Iterator[FigureBasis]:
    """The bases of the figures that count. Our own sum is made with one tool, ours: it has none to state."""
    for post in result.posts:
        if post.counts and not post.lapses and post.basis is not None:
            if aspect == "tool" and post.source == "computed":
                continue
            yield post.basis


def _texts(result: VariantResult, aspect: Aspect) -> Iterator[str | None]:
    """What is stated; rules that were proven equivalent set no basis for anybody."""
    for basis in _bases(result, aspect):
        if not (aspect == "rules" and basis.equivalent):
            yield basis.of(aspect)


def _on_aspect(result: VariantResult, seen: _Seen, asked: Sequence[str]) -> Iterator[Problem]:
    """What one variant's figures are on one aspect, beside what is asked, else beside the others."""
    texts = frozenset(_texts(result, seen.aspect))
    stated = sorted(text for text in texts if text is not None)
    if asked:
        yield from _beside_asked(result, seen, stated, asked)
    else:
        yield from _beside_others(result, seen, stated)
    expected = asked or seen.known or (seen.aspect == "category" and seen.prescribed)
    if None in texts and expected:
        yield _problem(result, f"unknown_{seen.aspect}", "open", seen)


def _beside_asked(
    result: VariantResult, seen: _Seen, stated: Sequence[str], asked: Sequence[str]
) -> Iterator[Problem]:
    fits = {same_text(text) for text in asked}
    for text in (text for text in stated if same_text(text) not in fits):
        level: Level = "blocks" if seen.aspect in _BLOCKS_ASKED else "open"
        yield _problem(result, f"other_{seen.aspect}", level, seen, has=text, asked=" / ".join(asked))


def _beside_others(result: VariantResult, seen: _Seen, stated: Sequence[str]) -> Iterator[Problem]:
    """More than one is stated, and the ask does not say which holds."""
    apart = [text for text in stated if not _is_orienting(seen.aspect, text)]
    own = {same_text(text): text for text in stated}
    known = {**seen.known, **own}
    if len(known) < 2 or not apart or _only_orienting(seen.aspect, known.values()):
        return
    others = [text for key, text in known.items() if key not in own] or list(known.values())
    level: Level = "blocks" if seen.aspect in _BLOCKS_AMONG else "open"
    told = {"has": " / ".join(apart), "others": " / ".join(others)}
    yield _problem(result, f"differing_{seen.aspect}", level, seen, **told)


def _problem(
    result: VariantResult, key: str, level: Level, seen: _Seen, **params: str | float | None
) -> Problem:
    field = "rules" if seen.aspect == "rules" else "evidence"
    if key == "differing_rules":  # mended in the ask: it says which hold
        field = "ask_rules"
    return Problem(Message.of(key, **params), level, result.id, None, field)


# --- "EN 15804 only"
# ---------------------------------------------------------------------------------------------


def _is_orienting(aspect: Aspect, text: str) -> bool:
    return aspect == "rules" and is_en_15804_only(text)


def _only_orienting(aspect: Aspect, known: Iterable[str]) -> bool:
    """All but one of the rules stated are "EN 15804 only", which is told apart."""
    return aspect == "rules" and sum(not is_en_15804_only(text) for text in known) < 2


def _equivalence(result: VariantResult) -> Iterator[Problem]:
    """Proof that other rules are equivalent: to be judged, or judged so by a person. Never passed over."""
    stated = sorted({basis.rules or "" for basis in result.bases if basis.equivalent or basis.claimed})
    if not stated:
        return
    proven = result.proven_equivalent
    where = proven or next((basis.claimed for basis in result.bases if basis.claimed), "")
    key = "equivalent_rules" if proven else "equivalent_to_judge"
    yield Problem(Message.of(key, has=" / ".join(stated), where=where), "open", result.id, None, "rules")


def _orienting(result: VariantResult, results: Sequence[VariantResult]) -> Iterator[Problem]:
    """ "EN 15804 only" is orienting: comparable among its kind. Mixed with other rules it blocks, unless a
    recalculation to the rules asked, or proof that it is equivalent, came with the bid."""
    if not result.is_orienting:
        return
    others = any(
        not is_en_15804_only(text)
        for other in results
        if not other.invalid
        for text in _texts(other, "rules")
    )
    if others:
        yield Problem(Message.of("orienting_among_others"), "blocks", result.id, None, "rules")
    else:
        yield Problem(Message.of("orienting"), "note", result.id, None, "rules")


# --- released material
# -------------------------------------------------------------------------------------------


def _released_differ(group: Sequence[VariantResult], released: Iterable[str]) -> Iterator[Problem]:
    """The old layer is the authority's and the same for all: another figure of our own for it is a
    finding."""
    for post_id in released:
        own = {
            result.id: round(post.mki.value, 6)
            for result in group
            for post in result.posts
            if post.post_id == post_id and post.source == "computed" and post.mki.value is not None
        }
        if len(set(own.values())) > 1:
            for variant_id in own:
                yield Problem(Message.of("released_differs"), "open", variant_id, post_id, "product")


def _with(result: VariantResult, findings: tuple[Problem, ...]) -> VariantResult:
    """A variant with these findings added; other rules make it "no", a basis not known to be alike
    "partly"."""
    if not findings:
        return result
    comparable: Comparable = result.comparable
    keys = {problem.message.key for problem in findings}
    if any(problem.level == "blocks" for problem in findings):
        comparable = "no"
    elif comparable == "yes" and keys & BASIS_DIFFERS:
        comparable = "partly"
    return replace(result, problems=(*result.problems, *findings), comparable=comparable)
