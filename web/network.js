// Graphs drawn by WebGL, for networks too large for pyvis: on a page, KgNetwork.Graph and KgNetwork.Sigma.
export { default as Graph } from "graphology";
export { default as Sigma } from "sigma";
export { sdfCircle, sdfDiamond, sdfSquare, sdfTriangle } from "sigma/rendering";
