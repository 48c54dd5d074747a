"""The description for programs is valid, and says of each route and named query what they answer."""

from typing import Any

import httpx
import pytest
import yaml
from openapi_spec_validator import OpenAPIV31SpecValidator

from kg.query import list_queries
from kg.serve import Settings, make_app

# Pages for people and what their scripts ask for, and graphs named by their own address.
FOR_PEOPLE = {
    "/vocabulary",
    "/labels",
    "/",
    "/id/{name:path}",
    "/thing",
    "/find",
    "/words",
    "/compare",
    "/promises",
    "/lineage",
    "/spread",
    "/ontology/{name:path}",
    "/network",
    "/static/{name}",
    "/store/{graph:path}",
    "/query/{name:path}",
}


@pytest.fixture(scope="module")
def told(open_server: httpx.Client) -> dict[str, Any]:
    answer = open_server.get("/openapi.yaml")
    assert answer.headers["content-type"] == "application/yaml"
    return dict(yaml.safe_load(answer.text))


def test_it_is_valid(told: dict[str, Any], server: httpx.Client) -> None:
    OpenAPIV31SpecValidator(told).validate()
    reading = yaml.safe_load(server.get("/openapi.yaml").text)
    OpenAPIV31SpecValidator(reading).validate()
    assert set(reading["paths"]["/store"]) == {"get"}


def test_it_has_each_route_and_query(told: dict[str, Any]) -> None:
    routes = {route.path for route in make_app(Settings("")).routes}  # type: ignore[attr-defined]
    programs = {path for path in routes - FOR_PEOPLE if not path.startswith(("/api", "/assets"))}
    assert programs <= set(told["paths"])
    assert {f"/query/{query.name}" for query in list_queries()} <= set(told["paths"])


def test_parameters_are_those_of_the_query(told: dict[str, Any]) -> None:
    for query in list_queries():
        listed = {item["name"]: item for item in told["paths"][f"/query/{query.name}"]["get"]["parameters"]}
        assert set(listed) == {parameter.name for parameter in query.parameters} | {"format"}
        for parameter in query.parameters:
            assert listed[parameter.name]["required"] is (
                parameter.default is None and not parameter.optional
            )


@pytest.mark.parametrize("query", list_queries(), ids=lambda query: query.name)
def test_it_tells_the_types_that_come(open_server: httpx.Client, told: dict[str, Any], query: Any) -> None:
    answer = open_server.get(f"/query/{query.name}")
    kind = answer.headers["content-type"].partition(";")[0]
    said = told["paths"][f"/query/{query.name}"]["get"]["responses"][str(answer.status_code)]
    if "$ref" in said:
        said = told["components"]["responses"][said["$ref"].rpartition("/")[2]]
    assert kind in said["content"]
