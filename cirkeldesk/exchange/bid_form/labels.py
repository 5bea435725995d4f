"""How a bid form names the posts of a tender."""

from __future__ import annotations

from collections import Counter

from cirkeldesk.exchange.reading import plain_text
from cirkeldesk.model.tender.tender import Tender


def post_labels(tender: Tender) -> dict[str, str]:
    """How the form names each post; posts of one name get a number, so that no answer can go to both."""
    names = Counter(post.name for post in tender.posts)
    return {
        post.id: plain_text(post.name if names[post.name] == 1 else f"{post.name} ({place})")
        for place, post in enumerate(tender.posts, 1)
    }
