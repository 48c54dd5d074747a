// The editor over the plain text field, once its bundle is here; without it the field stays as it is.
import { position, suggestions, written } from "./completion.js";
import { made } from "./dom.js";

/** Lay YASQE over a text field; answers the editor, or null where there is no bundle. */
export async function editor(field, words, prefixes, run) {
  let Yasqe;
  try {
    ({ Yasqe } = await import("/static/yasqe.js"));
    await styled("/static/yasqe.css");
  } catch {
    return null;
  }
  const vocabulary = fetch("/vocabulary").then((answer) => (answer.ok ? answer.json() : { classes: [], properties: [] }));
  let asked = false;
  for (const role of ["class", "property"]) Yasqe.registerAutocompleter(completer(role, vocabulary, words, prefixes, () => asked), false);
  Yasqe.registerAutocompleter({ ...Yasqe.Autocompleters.prefixes, onInitialize: undefined, persistenceId: undefined, get: () => Object.entries(prefixes).map(([name, iri]) => `${name}: <${iri}>`) }, false);
  declared(Yasqe, prefixes);
  const place = made("div", { id: "editor" });
  field.after(place);
  const made_ = new Yasqe(place, {
    value: field.value,
    persistenceId: null,
    consumeShareLink: null,
    createShareableLink: () => location.href,
    showQueryButton: false,
    resizeable: false,
    editorHeight: "auto",
    autofocus: false,
    prefixCcApi: null,
    screenReaderLabel: words.your_query,
    autocompleters: ["variables", "prefixes", "data-class", "data-property"],
    requestConfig: { endpoint: "/sparql" },
    extraKeys: {
      Tab: false, // so that the keyboard gets out again
      "Shift-Tab": false,
      "Ctrl-S": false,
      "Ctrl-Enter": run,
      "Cmd-Enter": run,
      "Ctrl-Space": (one) => {
        asked = true;
        one.autocomplete();
        asked = false;
      },
    },
  });
  made_.on("change", () => (field.value = made_.getValue()));
  for (const one of place.querySelectorAll(".yasqe_buttons")) one.remove();
  place.querySelector(".CodeMirror-scroll").tabIndex = 0; // it scrolls, so the keyboard must get there
  field.hidden = true;
  document.querySelector(`label[for="${field.id}"]`).hidden = true;
  place.dataset.ready = "yes";
  return made_;
}

function styled(href) {
  return new Promise((onload, onerror) => document.head.prepend(made("link", { rel: "stylesheet", href, onload, onerror })));
}

/** The server knows these prefixes without their declaration, so the editor's grammar does, too. */
function declared(Yasqe, prefixes) {
  const plain = Yasqe.modes.sparql11;
  Yasqe.defineMode("sparql11", (...given) => {
    const mode = plain(...given);
    return { ...mode, startState: () => ({ ...mode.startState(), prefixes: { ...prefixes } }) };
  });
}

function completer(role, vocabulary, words, prefixes, asked) {
  const terms = new Map();
  const here = (yasqe) => {
    const cursor = yasqe.getDoc().getCursor();
    return { cursor, where: position(yasqe.getValue(), yasqe.getDoc().indexFromPos(cursor)) };
  };
  return {
    name: `data-${role}`,
    bulk: false,
    autoShow: true,
    isValidCompletionPosition: (yasqe) => {
      const { where } = here(yasqe);
      return where?.role === role && (where.word !== "" || asked());
    },
    get: async (yasqe) => {
      const found = suggestions(written(await vocabulary, yasqe.getValue(), prefixes), here(yasqe).where ?? { role, word: "", classes: [] }).slice(0, 60);
      for (const term of found) terms.set(term.name, term);
      return found.map((term) => term.name);
    },
    preProcessToken: (yasqe, token) => {
      const { cursor, where } = here(yasqe);
      return { ...token, from: { ch: cursor.ch - (where?.word.length ?? 0) }, to: { ch: cursor.ch } };
    },
    postprocessHints: (_, hints) => hints.map((hint) => ({ ...hint, displayText: shown(terms.get(hint.text), words.lang) })),
  };
}

function shown(term, lang) {
  const label = term[lang] || term.zh || term.en;
  return `${term.name}  ${label}${term.count ? `  (${term.count.toLocaleString()})` : ""}`;
}
