"""A second route to the figures, in exact fractions, written from what DOMAIN says and from no code of the
program.

It knows one post kind at a time and no floats, Decimals or shared helpers: where the two routes agree, both
have read the rules alike. What it covers stands in `drawn`: profiles under set A1 with uplift, offered totals
and splits per ton, m² and post, one figure for the whole work, fixed values, released material, reuse, every
replacement rule, D in or out; and awards by every method with validity, ties and tie rules.
"""

from __future__ import annotations

import math
import random
from dataclasses import dataclass, field
from decimal import Decimal, localcontext
from fractions import Fraction
from typing import Any, Literal

F = Fraction
PARTS = ("A1-A3", "A4", "A5", "B1", "B2", "B3", "B4", "C1", "C2", "C3", "C4", "D")
USE = ("B1", "B2", "B3", "B4")
END = ("C1", "C2", "C3", "C4")
REUSED = ("A1-A3", "C3", "C4", "D")
RULES = ("fractional_with_d", "fractional_without_d", "whole", "none")
Stated = Literal["yes", "no", "unknown"]
METHODS = (
    "lowest_price",
    "lowest_cost",
    "value",
    "mki_discount",
    "mki_w",
    "ladder",
    "weighted",
    "relative",
    "relative_linear",
    "logarithmic",
)


@dataclass
class Answered:
    """What one variant says of one post: a profile (indicator → module → value), or an MKI."""

    profile: dict[str, dict[str, F]] | None = None
    total: F | None = None
    split: dict[str, F] | None = None
    life: int | Literal["work"] | None = None
    reuse: bool = False


@dataclass
class AskedPost:
    tons: F
    life: int | Literal["work"]
    released: bool = False
    tar: bool = False


@dataclass
class Bid:
    """A variant. `category` is that of all its data; a whole-work MKI stands beside no answers."""

    answers: list[Answered]
    work: F | None = None
    category: str = "1"
    price: F = F(0)
    verdict: str = "valid"
    scores: tuple[F, ...] = ()
    costs: tuple[tuple[int, F], ...] = ()
    level: int = 0


@dataclass
class Work:
    """A tender as numbers."""

    period: int
    rule: str
    includes: Stated
    with_d: bool
    per: str
    area: F
    weights: dict[str, F]
    includes_uplift: bool
    fixed: dict[str, F]
    posts: list[AskedPost]
    bids: list[Bid]
    method: str = "mki_w"
    rules: dict[str, F] = field(default_factory=dict)
    ties: tuple[str, ...] = ()
    negative: str = "clamp"
    outside: str = "clamp"
    maxima: tuple[F, ...] = ()


# --- the MKI of a post (DOMAIN 5)
# ---------------------------------------------------------------------------------------------


def factors(work: Work, life: int | str) -> tuple[F, F, bool]:
    """(f_first, f_more, D in what follows)."""
    if life == "work":
        return F(1), F(0), True
    ratio = F(work.period, int(life))
    more = max(F(0), ratio - 1)
    if work.rule == "none":
        more = F(0)
    if work.rule == "whole" and more:
        more = F(math.ceil(ratio) - 1)
    return min(F(1), ratio), more, work.rule != "fractional_without_d"


def asked(work: Work, post: AskedPost) -> tuple[str, ...]:
    wanted = (*END, "D") if post.released else PARTS
    return tuple(name for name in wanted if (name != "D" or work.with_d))


def lifted(category: str, module: str, value: F) -> F:
    if category != "3" or (module == "D" and value <= 0):
        return value
    return value * F(13, 10)


def over_period(work: Work, x: dict[str, F], post: AskedPost, life: int | str, *, reuse: bool) -> F:
    """Σ over modules of the first delivery and what follows it."""
    first, more, with_d = (F(1), F(0), True) if post.released else factors(work, life)
    total = F(0)
    for module, value in x.items():
        one = value * (first if module in USE else F(1))
        if reuse and module in REUSED:
            one *= F(1, 5)
        total += one + value * (more if module != "D" or with_d else F(0))
    return total


def amount(work: Work, post: AskedPost) -> F:
    return {"ton": post.tons, "m2": work.area, "post": F(1)}[work.per]


def fixed_part(work: Work, post: AskedPost, life: int | str) -> F:
    """Fixed module values, per ton, the same for all; tar-bearing material has no credit in D."""
    rows = {name: value for name, value in work.fixed.items() if name in asked(work, post)}
    if post.tar:
        rows = {name: F(0) if name == "D" and value < 0 else value for name, value in rows.items()}
    return over_period(work, rows, post, life, reuse=False) * post.tons


def mki_of_post(work: Work, bid: Bid, post: AskedPost, answer: Answered) -> F | None:
    """The judged figure of one post, or None where something of it is unknown."""
    life = answer.life or post.life
    need = [name for name in asked(work, post) if name not in work.fixed]
    beside = fixed_part(work, post, life)
    if answer.profile is not None:
        x: dict[str, F] = {}
        for module in need:
            cells = [
                work.weights[code] * lifted(bid.category, module, row[module])
                for code, row in answer.profile.items()
            ]
            x[module] = sum(cells, F(0))
        if post.tar and x.get("D", F(0)) < 0:
            x["D"] = F(0)
        return over_period(work, x, post, life, reuse=answer.reuse) * post.tons + beside
    replaced = not post.released and life != "work" and work.period > int(life)
    scaled = not post.released and life != "work" and work.period < int(life)
    if answer.split is not None:
        return _of_split(
            work, bid, post, answer.split, need, life, replaced=replaced, scaled=scaled, beside=beside
        )
    if answer.total is None:
        return None
    return _of_total(
        work, bid, post, answer.total, need, life, replaced=replaced, scaled=scaled, beside=beside
    )


def _delivers_again(work: Work, *, replaced: bool, scaled: bool, use: bool) -> bool | None:
    """Whether the period is still to be applied to a declared MKI; None where nobody can tell."""
    if work.includes == "no":
        return True
    if work.includes == "yes":
        return None if replaced and work.rule == "none" else False
    return None if replaced or (scaled and use) else False


def _of_split(
    work: Work, bid: Bid, post: AskedPost, split: dict[str, F], need: list[str], life: int | str, **more: Any
) -> F | None:
    use = any(split[name] for name in need if name in USE)
    again = _delivers_again(work, replaced=more["replaced"], scaled=more["scaled"], use=use)
    if again is None:
        return None
    category = bid.category if not work.includes_uplift else "1"
    x = {name: lifted(category, name, split[name]) for name in need}
    if post.tar and x.get("D", F(0)) < 0:
        x["D"] = F(0)
    found = over_period(work, x, post, life, reuse=False) if again else sum(x.values(), F(0))
    return found * amount(work, post) + F(more["beside"])


def _of_total(
    work: Work, bid: Bid, post: AskedPost, total: F, need: list[str], life: int | str, **more: Any
) -> F | None:
    again = _delivers_again(work, replaced=more["replaced"], scaled=more["scaled"], use=True)
    if again is None or (post.tar and "D" in need):
        return None
    if not work.includes_uplift and bid.category == "3":
        if "D" in need:
            return None
        total = total * F(13, 10)
    if again and not post.released:
        first, following, with_d = factors(work, life)
        if first != 1 or (following and "D" in need and not with_d):
            return None
        total *= 1 + following
    return total * amount(work, post) + F(more["beside"])


def mki_of_bid(work: Work, bid: Bid) -> F | None:
    """Null unless every post is known."""
    if bid.work is not None:
        return _of_work(work, bid)
    found = F(0)
    for post, answer in zip(work.posts, bid.answers, strict=True):
        one = mki_of_post(work, bid, post, answer)
        if one is None:
            return None
        found += one
    return found


def _of_work(work: Work, bid: Bid) -> F | None:
    """Never replaced or scaled again."""
    assert bid.work is not None
    replaced = any(not p.released and p.life != "work" and work.period > int(p.life) for p in work.posts)
    if replaced:
        if work.includes == "unknown" or (work.includes == "no" and work.rule != "none"):
            return None
        if work.includes == "yes" and work.rule == "none":
            return None
    if not work.includes_uplift and bid.category == "3":
        if work.with_d and "D" not in work.fixed:
            return None
        return bid.work * F(13, 10) + sum((fixed_part(work, p, p.life) for p in work.posts), F(0))
    return bid.work + sum((fixed_part(work, p, p.life) for p in work.posts), F(0))


# --- the award (DOMAIN 7)
# ---------------------------------------------------------------------------------------------


def half_up(value: F, decimals: int) -> F:
    """Half away from zero."""
    scaled = abs(value) * 10**decimals
    whole = math.floor(scaled + F(1, 2))
    return F(-whole if value < 0 else whole, 10**decimals)


def clamp(value: F) -> F:
    return max(F(0), min(F(1), value))


def total_of(work: Work, bid: Bid, best: F | None) -> F | None:
    """The notional price in cents or the points, each part rounded once; None where it cannot be made."""
    rules, mki = work.rules, mki_of_bid(work, bid)
    published = half_up(mki, 0) if mki is not None else None
    match work.method:
        case "lowest_price":
            return bid.price
        case "lowest_cost":
            rate = 1 + rules["rate"] / 100
            return bid.price + half_up(
                sum((sum_ / rate**year for year, sum_ in bid.costs if year <= rules["horizon"]), F(0)), 2
            )
        case "value":
            return bid.price - _quality(work, bid, 2)
        case "ladder":
            return bid.price - half_up(bid.price * _step(bid.level) / 100, 2)
        case "mki_discount":
            if published is None:
                return None
            share = clamp((rules["upper"] - published) / (rules["upper"] - rules["lower"]))
            return bid.price - half_up(rules["maximum"] * share, 2)
        case "mki_w":
            if published is None:
                return None
            counted = max(F(0), published) if work.negative == "clamp" else published
            return bid.price + half_up(rules["factor"] * counted, 2)
    assert best is not None
    return _quality(work, bid, 2) + half_up(rules["price_weight"] * _price_share(work, bid.price, best), 2)


def _step(level: int) -> F:
    return {0: F(0), 1: F(1), 2: F(2), 3: F(4), 4: F(7), 5: F(10)}[level]


def _quality(work: Work, bid: Bid, decimals: int) -> F:
    return sum(
        (half_up(score * top, decimals) for score, top in zip(bid.scores, work.maxima, strict=True)), F(0)
    )


def _price_share(work: Work, price: F, best: F) -> F:
    match work.method:
        case "weighted":
            low, high = work.rules["price_low"], work.rules["price_high"]
            return clamp((high - price) / (high - low))
        case "relative":
            return best / price
        case "relative_linear":
            return max(F(0), 2 - price / best)
    with localcontext() as context:
        context.prec = 60
        quotient = Decimal(price.numerator) / Decimal(price.denominator)
        quotient /= Decimal(best.numerator) / Decimal(best.denominator)
        base = Decimal(work.rules["log_base"].numerator)
        return 1 - F(quotient.ln() / base.ln())


def places(work: Work) -> list[tuple[F | None, int | None]]:
    """(total, place) per bid; ties share a place unless a published rule decides."""
    valid = [bid for bid in work.bids if bid.verdict not in ("invalid", "withdrawn")]
    best = min((bid.price for bid in valid), default=None)
    points = work.method in ("weighted", "relative", "relative_linear", "logarithmic")
    totals = [total_of(work, bid, best) if bid in valid else None for bid in work.bids]
    order: list[tuple[F, ...] | None] = [
        ((-one if points else one),) if one is not None else None for one in totals
    ]
    for tie in work.ties:
        looked = [_looks(work, bid, tie) for bid in work.bids]
        made: list[tuple[F, ...] | None] = []
        for index, key in enumerate(order):
            if key is None:
                made.append(None)
                continue
            level = [looked[other] for other, known in enumerate(order) if known == key]
            own = looked[index]
            made.append((*key, own if own is not None and None not in level else F(0)))
        order = made
    ranked = [key for key in order if key is not None]
    return [
        (one, None if key is None else 1 + sum(other < key for other in ranked))
        for one, key in zip(totals, order, strict=True)
    ]


def _looks(work: Work, bid: Bid, tie: str) -> F | None:
    if tie == "lowest_price":
        return bid.price
    if tie == "lowest_mki":
        mki = mki_of_bid(work, bid)
        return half_up(mki, 0) if mki is not None else None
    return -sum((half_up(s * m, 2) for s, m in zip(bid.scores, work.maxima, strict=True)), F(0))


# --- tenders by chance
# ---------------------------------------------------------------------------------------------


def drawn(seed: int, indicators: dict[str, F]) -> Work:
    """A tender by chance, the same for the same seed; every choice is varied by itself."""
    chance = random.Random(seed)

    def number(low: int, high: int, over: int = 100) -> F:
        return F(chance.randint(low, high), over)

    bids_wanted = chance.choice((1, 2, 3, 5))
    offered = chance.random() < 0.6
    whole = offered and chance.random() < 0.15
    posts = [
        AskedPost(number(1, 50_000), chance.choice(("work", 8, 12, 15, 20, 30, 40)))
        for _ in range(chance.choice((1, 1, 2, 4, 9)))
    ]
    if not whole and chance.random() < 0.3:
        posts.append(AskedPost(number(1, 9_000), "work", released=True, tar=chance.random() < 0.4))
    fixed = {}
    if chance.random() < 0.4:
        fixed = {name: number(-200, 300) for name in chance.sample(("A4", "A5", "C1", "D"), 2)}
    work = Work(
        period=chance.choice((20, 30, 60)),
        rule=chance.choice(RULES),
        includes=chance.choice(("yes", "no", "no", "unknown")),
        with_d=chance.random() < 0.7,
        per="ton" if not offered else chance.choice(("ton", "m2", "post")),
        area=number(100, 900_000, 10),
        weights=indicators,
        includes_uplift=chance.random() < 0.6,
        fixed={} if whole else fixed,
        posts=posts,
        bids=[],
    )
    for _ in range(bids_wanted):
        category = chance.choice(("1", "2", "3", "3a"))
        bid = Bid([], category=category, price=number(90_000_00, 160_000_00))
        if whole:
            bid.work = number(100_00, 900_000_00)
        split = chance.random() < 0.5
        bid.answers = [] if whole else [_answer(chance, work, p, offered=offered, split=split) for p in posts]
        bid.verdict = chance.choice(("valid", "valid", "valid", "invalid", "open", "withdrawn"))
        bid.level = chance.randint(0, 5)
        bid.costs = tuple((year, number(0, 900_000)) for year in (1, 5, 12))
        work.bids.append(bid)
    _rules(chance, work)
    if len(work.bids) > 1 and chance.random() < 0.4:  # a tie, as exact as can be
        work.bids[-1].price = work.bids[0].price
        work.bids[-1].answers, work.bids[-1].work = work.bids[0].answers, work.bids[0].work
        work.bids[-1].category, work.bids[-1].scores = work.bids[0].category, work.bids[0].scores
        work.bids[-1].level, work.bids[-1].costs = work.bids[0].level, work.bids[0].costs
    return work


def _answer(chance: random.Random, work: Work, post: AskedPost, *, offered: bool, split: bool) -> Answered:
    life = chance.choice((None, None, 10, 25, 45)) if not post.released else None

    def value() -> F:
        return F(chance.randint(-50, 900), 100)

    names = (*END, "D") if post.released else PARTS
    if offered and not post.released:
        if split:
            return Answered(split={name: value() for name in names}, life=life)
        return Answered(total=value() + 3, life=life)
    profile = {code: {name: value() for name in names} for code in work.weights}
    return Answered(profile=profile, life=life, reuse=not post.released and chance.random() < 0.2)


def _rules(chance: random.Random, work: Work) -> None:
    """A method with its figures; scores where quality counts."""
    work.method = chance.choice(METHODS)
    by_quality = work.method in ("value", "weighted", "relative", "relative_linear", "logarithmic")
    if by_quality:
        work.maxima = (F(40), F(20)) if work.method != "value" else (F(50_000), F(12_500))
        for bid in work.bids:
            bid.scores = tuple(F(chance.choice((0, 25, 60, 80, 100, 33)), 100) for _ in work.maxima)
    work.rules = {
        "lower": F(1_000),
        "upper": F(chance.randint(2_000, 400_000)),
        "maximum": F(chance.randint(1_000, 90_000)),
        "factor": F(chance.randint(1, 40), 10),
        "price_weight": F(40),
        "price_low": F(95_000),
        "price_high": F(150_000),
        "log_base": F(chance.choice((2, 3))),
        "rate": F(chance.choice((0, 2, 4))),
        "horizon": F(10),
    }
    work.negative = chance.choice(("clamp", "allow"))
    looks = ["lowest_price", "lowest_mki", *(["highest_quality"] if by_quality else [])]
    work.ties = tuple(chance.sample(looks, chance.randint(0, len(looks))))
