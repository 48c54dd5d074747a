"""What the head of a page says of who published it: its source, or the site it stands on."""

from collections.abc import Iterator, Sequence


def names_in_head(
    metadata: Sequence[tuple[str, str]], fields: Sequence[str], websites: Sequence[str]
) -> Iterator[str]:
    """The names in these fields of a page's head, the surer field first, also without the word for a website.

    Publishing systems write the fields with letters of any case; the last of several values counts least.

    >>> head = (("sitename", "云川市人民政府门户网站"), ("ContentSource", "云川市民政局"))
    >>> list(names_in_head(head, ("ContentSource", "SiteName"), ("网站", "门户网站")))
    ['云川市民政局', '云川市人民政府门户网站', '云川市人民政府']
    """
    values = {name.lower(): value for name, value in reversed(metadata)}
    for field in fields:
        value = values.get(field.lower(), "")
        if value:
            yield value
        site = max((word for word in websites if value.endswith(word)), key=len, default="")
        if site and site != value:
            yield value.removesuffix(site)
