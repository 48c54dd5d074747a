"use strict";
// The query page: examples with their parameters, answers as a table, the same query for other tools.
(() => {
  const named = new Map(JSON.parse(document.getElementById("named").textContent).map((one) => [one.name, one]));
  const words = JSON.parse(document.getElementById("words").textContent);
  const at = (id) => document.getElementById(id);
  const base = "https://w3id.org/policy-kg/id/";
  let chosen = null;
  const made = (name, content) => {
    const element = document.createElement(name);
    element.textContent = content;
    return element;
  };
  const address = (iri) => (iri.startsWith(base) ? "/id/" + encodeURI(iri.slice(base.length)) : "/thing?iri=" + encodeURIComponent(iri));
  const short = (iri) => (iri.startsWith(base) ? iri.slice(base.length) : iri.replace("https://w3id.org/policy-kg/ontology#", "pol:"));

  function choose(name) {
    chosen = named.get(name) || null;
    at("examples").value = chosen ? chosen.name : "";
    at("question").textContent = chosen ? chosen.question[words.lang] || "" : "";
    at("parameters").replaceChildren();
    if (!chosen) return;
    at("query").value = chosen.query;
    for (const one of chosen.parameters) {
      const label = made("label", (one.description[words.lang] || one.name) + " ");
      const field = document.createElement("input");
      field.name = one.name;
      field.value = one.default || "";
      label.append(field);
      at("parameters").append(label);
    }
  }

  // A named query that was not changed is asked by its name, so that its parameters are bound; any other by its text.
  function target() {
    if (chosen && at("query").value === chosen.query) {
      const given = [...at("parameters").querySelectorAll("input")].filter((field) => field.value).map((field) => [field.name, field.value]);
      return { path: "/query/" + encodeURIComponent(chosen.name), given: new URLSearchParams(given) };
    }
    return { path: "/sparql", given: new URLSearchParams([["query", at("query").value]]) };
  }

  function cell(term) {
    const made_ = document.createElement("td");
    if (!term) return made_;
    if (term.type === "uri") {
      const anchor = made("a", short(term.value));
      anchor.href = address(term.value);
      made_.append(anchor);
    } else made_.textContent = term.value;
    return made_;
  }

  function table(columns, rows) {
    const whole = document.createElement("table");
    const head = document.createElement("tr");
    head.append(...columns.map((name) => made("th", name)));
    const body = document.createElement("tbody");
    for (const row of rows) {
      const line = document.createElement("tr");
      line.append(...columns.map((name) => cell(row[name])));
      body.append(line);
    }
    const top = document.createElement("thead");
    top.append(head);
    whole.append(top, body);
    return whole;
  }

  async function run() {
    const { path, given } = target();
    const begun = performance.now();
    at("state").textContent = words.running;
    const url = path + (String(given) ? "?" + given : "");
    const answer = await fetch(url, { headers: { Accept: "application/sparql-results+json, text/turtle;q=0.9" } });
    const seconds = ((performance.now() - begun) / 1000).toFixed(2);
    const body = await answer.text();
    if (!answer.ok) {
      at("state").textContent = "";
      at("answer").replaceChildren(made("pre", body));
      return;
    }
    if ((answer.headers.get("content-type") || "").includes("json")) {
      const data = JSON.parse(body);
      const rows = data.results ? data.results.bindings : [{ answer: { type: "literal", value: String(data.boolean) } }];
      at("answer").replaceChildren(table(data.results ? data.head.vars : ["answer"], rows));
      at("state").textContent = words.rows.replace("{n}", rows.length).replace("{s}", seconds);
    } else {
      at("answer").replaceChildren(made("pre", body));
      at("state").textContent = "";
    }
    const whole = new URL(url, location.href).href;
    const kinds = { json: "application/sparql-results+json", xml: "application/sparql-results+xml", csv: "text/csv", tsv: "text/tab-separated-values", turtle: "text/turtle", jsonld: "application/ld+json" };
    const graph = !(answer.headers.get("content-type") || "").includes("sparql-results");
    for (const anchor of at("downloads").querySelectorAll("a[data-format]")) {
      anchor.hidden = ["turtle", "jsonld"].includes(anchor.dataset.format) !== graph;
      anchor.download = "answer." + anchor.dataset.format;
      anchor.onclick = async (event) => {
        event.preventDefault();
        const file = await (await fetch(url, { headers: { Accept: kinds[anchor.dataset.format] } })).blob();
        const save = document.createElement("a");
        save.href = URL.createObjectURL(file);
        save.download = anchor.download;
        save.click();
        URL.revokeObjectURL(save.href);
      };
    }
    at("permalink").href = path === "/sparql" ? "/sparql#query=" + encodeURIComponent(at("query").value) : "/sparql#name=" + encodeURIComponent(chosen.name) + (String(given) ? "&" + given : "");
    at("curl").textContent = `curl -H 'Accept: ${graph ? "text/turtle" : "text/csv"}' '${whole.replaceAll("'", "%27")}'`;
    at("python").textContent = graph ? `import rdflib\ngraph = rdflib.Graph().parse(${JSON.stringify(whole)}, format="turtle")` : `import pandas\ntable = pandas.read_csv(${JSON.stringify(whole)}, storage_options={"Accept": "text/csv"})`;
    at("downloads").hidden = at("elsewhere").hidden = false;
  }

  function fromAddress() {
    const given = new URLSearchParams(location.hash.slice(1));
    if (given.has("name")) {
      choose(given.get("name"));
      for (const field of at("parameters").querySelectorAll("input")) if (given.has(field.name)) field.value = given.get(field.name);
    } else if (given.has("query")) {
      choose("");
      at("query").value = given.get("query");
    } else return;
    run();
  }

  at("examples").addEventListener("change", () => {
    choose(at("examples").value);
    if (chosen) run();
  });
  at("ask").addEventListener("submit", (event) => {
    event.preventDefault();
    run();
  });
  at("query").addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) run();
  });
  addEventListener("hashchange", fromAddress);
  fromAddress();
})();
