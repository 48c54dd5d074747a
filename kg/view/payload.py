"""What the page's script is told beside the picture: the legend, and the facts with their quotations."""

from collections.abc import Iterable, Mapping

from kg.terms import BASE, shorten
from kg.view.classes import DrawnClass
from kg.view.facts import Quotation, Told
from kg.view.names import Names
from kg.view.scene import Scene
from kg.view.words import Family, say


def legend(
    used: Iterable[DrawnClass], classes: Mapping[str, DrawnClass], listed: Iterable[Family], lang: str
) -> list[dict[str, object]]:
    """The families of the legend in their order, each with the classes on the page."""
    order = {family.cls: family for family in listed}
    present: dict[str, list[DrawnClass]] = {}
    for cls in used:
        present.setdefault(cls.family, []).append(cls)
    ranks = {name: place for place, name in enumerate(order)}
    return [
        {
            "name": name,
            "label": head.label or say("page", "other", lang),
            "color": head.color,
            "shape": head.shape,
            "figures": order[name].figures if name in order else False,
            "classes": [
                {
                    "name": cls.name,
                    "label": cls.label or say("page", "other", lang),
                    "color": cls.color,
                    "shape": cls.shape,
                }
                for cls in present[name]
            ],
        }
        for name in sorted(present, key=lambda name: (ranks.get(name, len(ranks)), name))
        for head in [classes.get(name, present[name][0])]
    ]


def told_on(shown: Scene, facts: Iterable[Told], names: Names, ids: Mapping[str, int]) -> dict[str, object]:
    """What the panel tells: other names, facts and quotations, each text stored once."""
    texts = _Once()
    places = _Once()
    told = []
    for fact in facts:
        value: object = fact.value
        if fact.is_iri:
            value = ids[fact.value] if fact.value in ids else names.entity(fact.value)
        quoted = [places(_place(place, texts, names, ids)) for place in fact.quotations]
        row = [ids[fact.subject], texts(names.property(fact.property)), value, quoted]
        told.append([*row, fact.more] if fact.more else row)
    return {
        "iris": [iri.removeprefix(BASE) if iri.startswith(BASE) else shorten(iri) for iri in ids],
        "forms": [list(names.forms(iri)) for iri in ids],
        "facts": told,
        "places": places.values,
        "texts": texts.values,
    }


def _place(place: Quotation, texts: "_Once", names: Names, ids: Mapping[str, int]) -> tuple[object, ...]:
    return (
        place.exact,
        place.prefix,
        place.suffix,
        texts(place.section),
        place.page,
        texts(names.entity(place.report)),
        ids.get(place.report, -1),
    )


class _Once:
    """Values by number, equal ones once."""

    def __init__(self) -> None:
        self.values: list[object] = []
        self._known: dict[object, int] = {}

    def __call__(self, value: object) -> int:
        if value not in self._known:
            self._known[value] = len(self.values)
            self.values.append(value)
        return self._known[value]
