"""What falls due where CareCue was taken out rests, and is there when it is back. On both databases."""

from bot.store import ladder, uninstalls
from bot.store.db import Db
from tests.store.test_ladder import ADA, ANA, Office, after
from tests.store.test_loop import OURS, wrote


def test_a_wait_rests_where_carecue_was_taken_out_and_goes_on_when_it_is_back(db: Db) -> None:
    office = Office(db)
    office.hear(wrote(ADA, 0))
    with db.begin() as tx:
        uninstalls.note(tx, OURS, after(1))
    assert office.sweep(50) == []
    with db.begin() as tx:
        assert ladder.next_due(tx) is None
        uninstalls.back(tx, OURS)
        assert ladder.next_due(tx) is not None
    assert [to for to, _ in office.sweep(51)] == [ANA]
