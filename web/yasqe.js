// YASQE, the SPARQL editor of YASGUI, as a module; the styles are in yasqe.css.
import "@zazuko/yasqe/build/yasqe.min.css";
export { default as Yasqe } from "@zazuko/yasqe";
