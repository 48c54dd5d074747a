"""Lines over years as the numbers of a drawing, which a template writes out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

WIDTH, HEIGHT = 820, 280
_LEFT, _RIGHT, _TOP, _BOTTOM = 76, 24, 14, 30


@dataclass(frozen=True, slots=True)
class Dot:
    """A value at its place."""

    x: float
    y: float
    year: str
    value: Decimal


@dataclass(frozen=True, slots=True)
class Plot:
    """Lines by name, marks on both axes with their place."""

    lines: Mapping[str, tuple[Dot, ...]]
    years: tuple[tuple[str, float], ...]
    ticks: tuple[tuple[Decimal, float], ...]
    width: int = WIDTH
    height: int = HEIGHT


def plot(years: Sequence[str], series: Mapping[str, Mapping[str, Decimal]]) -> Plot | None:
    """Lines of values by year, from zero up; nothing where there are not two years to join.

    >>> made = plot(["2021", "2022"], {"甲": {"2021": Decimal(1), "2022": Decimal(3)}})
    >>> [str(value) for value, _ in made.ticks], made.lines["甲"][0].x < made.lines["甲"][1].x
    (['0', '1', '2', '3'], True)
    >>> min(dot.y for dot in plot(["1", "2"], {"": {"1": Decimal(16), "2": Decimal(-3)}}).lines[""]) >= 0
    True
    """
    values = [value for line in series.values() for value in line.values()]
    if not any(len(line) > 1 for line in series.values()):
        return None
    top, low = max(Decimal(0), *values), min(Decimal(0), *values)
    step = _step(top - low or Decimal(1))
    low = (low / step).to_integral_value(ROUND_FLOOR) * step
    top = (top / step).to_integral_value(ROUND_CEILING) * step or step
    wide, high = WIDTH - _LEFT - _RIGHT, HEIGHT - _TOP - _BOTTOM
    across = {year: round(_LEFT + wide * at / max(len(years) - 1, 1), 1) for at, year in enumerate(years)}

    def up(value: Decimal) -> float:
        return round(_TOP + high * float((top - value) / (top - low)), 1)

    lines = {
        name: tuple(Dot(across[year], up(line[year]), year, line[year]) for year in years if year in line)
        for name, line in series.items()
    }
    ticks = tuple((low + step * at, up(low + step * at)) for at in range(int((top - low) / step) + 1))
    return Plot(lines, tuple(across.items()), ticks)


def _step(span: Decimal) -> Decimal:
    """A round step that makes about four of a span.

    >>> [str(_step(Decimal(span))) for span in (3, 10, 625, 24)]
    ['1', '5', '200', '10']
    """
    power = Decimal(10) ** ((span / 4).adjusted())
    return next(power * one for one in (1, 2, 5, 10) if power * one * 4 >= span).normalize() + 0
