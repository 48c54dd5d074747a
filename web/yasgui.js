// The SPARQL editor and its results: on a page, KgYasgui.Yasgui, with the styles in yasgui.css.
import "@zazuko/yasgui/build/yasgui.min.css";
export { default as Yasgui } from "@zazuko/yasgui";
