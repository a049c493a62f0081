"""Entitlement: the ages that have the right to the reduction, and the share of the price that it takes off."""

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True)
class Entitlement:
    """Completed years on the first day of the edition, both included; share of the base price, 0-1, by the cent."""

    youngest: int = 25
    oldest: int = 64
    share: Decimal = Decimal("0.70")


ENTITLEMENT = Entitlement()
