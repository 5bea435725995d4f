"""Tenders to measure with."""

from __future__ import annotations

from dataclasses import replace

from cirkeldesk.model.tender.tender import Tender


def large(tender: Tender) -> Tender:
    """10 variants × 40 posts, all answered with full profiles."""
    posts = tuple(replace(tender.posts[i % 3], id=f"p{i}", name=f"Post {i}") for i in range(40))
    full = [v for v in tender.variants if v.id in ("v1", "v2")]
    variants = []
    for number in range(10):
        source = full[number % 2]
        answers = tuple(replace(source.answers[i % 3], post_id=f"p{i}") for i in range(40))
        variants.append(
            replace(source, id=f"v{number}", name=f"Variant {number}", role="alternative", answers=answers)
        )
    return replace(tender, posts=posts, variants=tuple(variants))
