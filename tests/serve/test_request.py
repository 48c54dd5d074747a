"""What is decoded in a faster way is decoded the same."""

from urllib.parse import parse_qsl, quote_plus

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.serve.refusal import Refused
from kg.serve.request import read_operation

_PARTS = st.sampled_from(
    ["%", "2", "5", "E", "=", "_", "+", "~", " ", "\n", "é", "%25", "%0D", "%0A", "%3d", "%E6%94%BF", "%E6"]
)


@given(st.text())
def test_a_query_comes_as_it_was_sent(text: str) -> None:
    sent = text.encode(errors="replace").decode()
    operation = read_operation("GET", "query=" + quote_plus(sent), "", b"")
    assert operation is not None
    assert operation.text == sent


@given(st.lists(_PARTS, max_size=10).map("".join))
def test_what_is_not_well_encoded_is_read_as_the_library_reads_it(text: str) -> None:
    try:
        (expected,) = parse_qsl("query=" + text, keep_blank_values=True, errors="strict")
    except UnicodeDecodeError:
        with pytest.raises(Refused, match="not UTF-8"):
            read_operation("GET", "query=" + text, "", b"")
    else:
        operation = read_operation("GET", "query=" + text, "", b"")
        assert operation is not None
        assert operation.text == expected[1]


def test_a_graph_given_twice_counts_once() -> None:
    graphs = "&".join(f"default-graph-uri=http://x/{name}" for name in "aba")
    operation = read_operation("GET", f"query=ASK%7B%7D&{graphs}", "", b"")
    assert operation is not None
    assert operation.default_graphs == ("http://x/a", "http://x/b")
