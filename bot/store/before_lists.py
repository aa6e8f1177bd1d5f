"""What stood in people's direct messages before there were lists: a message for each customer, promise and ask.

It goes as soon as its reader's first list stands, which migration 0007 lets ring for it.
"""

from datetime import datetime

from sqlalchemy import Connection, select, update

from bot.store import ask_notes, outbox, posts
from bot.store.kudos_tables import kudos_posts
from bot.store.tables import nudges

OWN = (ask_notes.BY, ask_notes.HEARD)  # of an ask: the agent's own, which goes on standing


def take_away(tx: Connection, team_id: str, user: str, channel: str, now: datetime) -> None:
    """`channel` is that of this person's direct messages. Looks through all posts: to be done once a person."""
    here = (nudges.c.team_id == team_id) & (nudges.c.to == user) & nudges.c.cleared_at.is_(None)
    stood = tx.execute(select(nudges.c.id, nudges.c.channel, nudges.c.ts).where(here, nudges.c.ts.is_not(None))).all()
    gone = [outbox.Saying(f"gone:{one.id}", outbox.DELETE, one.channel, {"ts": one.ts}) for one in stood]
    outbox.put_many(tx, team_id, gone, now)
    tx.execute(update(nudges).where(nudges.c.id.in_([one.id for one in stood])).values(channel=None, ts=None))
    about = kudos_posts.c.about.like("ask:%") | kudos_posts.c.about.like("promise:%")
    told = select(kudos_posts).where(kudos_posts.c.team_id == team_id, kudos_posts.c.channel == channel, about)
    for post in tx.execute(told.order_by(kudos_posts.c.key)).all():
        if not post.key.split(":")[2].startswith(OWN):
            posts.say_anew(tx, post, None, now)
