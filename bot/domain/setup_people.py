"""What a setup says of single people, as plain data: where and when ours work, what holds for a customer."""

from bot.domain import setup_values as values
from bot.domain.setup import CustomerSetup, PersonSetup, Targets
from bot.domain.setup_hours import days_data, read_own
from bot.domain.setup_values import Table


def read_person(user: str, table: Table) -> PersonSetup:
    """One of ours."""
    table.check(values.person, user)
    hours = read_own(table.table("hours"))
    person = PersonSetup(
        user=user,
        zone=hours.zone,
        days=hours.days,
        country=table.take("country", values.country, None),
        region=table.take("region", values.region, None),
        days_off=table.each("days_off", values.day),
    )
    table.close()
    return person


def person_data(person: PersonSetup) -> dict[str, object]:
    hours = ({"zone": person.zone} if person.zone else {}) | (days_data(person.days) if person.days else {})
    return {
        **({"country": person.country} if person.country else {}),
        **({"region": person.region} if person.region else {}),
        **({"days_off": [day.isoformat() for day in person.days_off]} if person.days_off else {}),
        **({"hours": hours} if hours else {}),
    }


def read_customer(user: str, table: Table, targets: Targets | None) -> CustomerSetup:
    """A customer's table, of which the targets have been read."""
    table.check(values.person, user)
    table.close()
    return CustomerSetup(user, targets)
