"""Who wrote a report, for which year and from which place."""

from dataclasses import dataclass

from kg.link.candidate import OPENING_SIZE, Candidates
from kg.link.home import Homes
from kg.link.issuer import Issuer, IssuerReader
from kg.link.place import Gazette, PlaceRef
from kg.link.policy_title import find_policy_title, find_policy_year
from kg.link.title import Title, TitleWords, find_title, find_year, worth
from kg.match.scan import Scan, Scanner
from kg.schema.ontology import Ontology
from kg.terms import Mint, expand
from kg.text.document import Document, Span

_GENRES = {"annual": "pol:AnnualReport", "work": "pol:WorkReport", "policy": "pol:PolicyText"}


@dataclass(frozen=True, slots=True)
class Context:
    """What linking needs to know about a report."""

    title: Title | None
    issuer: Issuer | None
    year: int | None
    year_span: Span | None
    home: PlaceRef | None
    gazette: Gazette
    genre: str = ""  # IRI of the kind of report


def title_of(document: Document, ontology: Ontology) -> Title | None:
    """The title a document gives itself: of a policy, or of a report."""
    endings = [one.ending for one in ontology.gazetteer.title_endings]
    words = ontology.words
    policy = find_policy_title(document, endings, words, sure=True)
    if policy is not None:
        return policy
    report = find_title(document, TitleWords.of(words))
    if report is not None and worth(report) > 1:
        return report
    return find_policy_title(document, endings, words, sure=False) or report


def genre_of(document: Document, title: Title | None, ontology: Ontology) -> str:
    """The kind of report, as an IRI: what the title says, else what the opening says it is, else an annual report."""
    if title is not None:
        return expand(_GENRES[title.genre])
    opening = document.folded[document.body.start : document.body.start + OPENING_SIZE]
    work = any(sign in opening for sign in ontology.words["workReportSign"])
    return expand(_GENRES["work" if work else "annual"])


def find_context(document: Document, scan: Scan, scanner: Scanner, mint: Mint) -> Context:
    """The context of a document."""
    ontology = scanner.ontology
    title = title_of(document, ontology)
    year, year_span = find_policy_year(document, title, ontology.words) or find_year(document, title)
    homes = Homes(document, scan, scanner, Gazette(ontology.regions, year, mint), year)
    candidates = Candidates(document, scan, ontology, title)
    reader = IssuerReader(scanner, homes, candidates.title_span())
    found = (reader.read(words, span) for words, span in candidates.all())
    issuer = next((one for one in found if one is not None), None)
    if issuer is not None:
        issuer = _placed(issuer, homes)
    home = issuer.home if issuer is not None else None
    if home is None and not _is_central(issuer, ontology):
        home = homes.commonest()
    return Context(title, issuer, year, year_span, home, homes.gazette, genre_of(document, title, ontology))


def _is_central(issuer: Issuer | None, ontology: Ontology) -> bool:
    """Whether the writer is known by name and of no region: the places in its report are where its letters go."""
    known = issuer is not None and issuer.home is None
    return known and any(
        one.label == issuer.label for one in ontology.gazetteer.entities if issuer is not None
    )


def _placed(issuer: Issuer, homes: Homes) -> Issuer:
    """A writer whose place no table knows, with what the place lies in."""
    old = issuer.home
    if old is None or old.parents or old.level == "province" or homes.namesakes.of(old.name):
        return issuer
    home = homes.placed(old)
    if not old.name.endswith(homes.scanner.ontology.words["level"]):
        return Issuer(issuer.label, issuer.cls, issuer.span, home)  # 松坪|海关 is called so wherever it lies
    before = issuer.label.partition(old.official)[0]
    if any(before.endswith(ref.stem) for ref in home.parents):
        return Issuer(issuer.label, issuer.cls, issuer.span, home)  # 国家税务总局广州|南沙…开发区税务局
    return Issuer(issuer.label.replace(old.official, home.official, 1), issuer.cls, issuer.span, home)
