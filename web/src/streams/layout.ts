import type { OperatorInfo } from "../api/contract";

export const BoxWidth = 166;
export const BoxHeight = 82;
const Gap = 14;
const LayerGap = 28;
const Margin = 2;

/** An operator with the place of its box, in pixels. */
export interface Placed { readonly operator: OperatorInfo; readonly x: number; readonly y: number }
/** An edge as SVG path, from the side where rows leave to the side where they enter. */
export interface Edge { readonly key: string; readonly path: string }
export interface GraphLayout { readonly width: number; readonly height: number; readonly boxes: readonly Placed[]; readonly edges: readonly Edge[] }

/**
 * Layers by the longest way from a source, so that every edge leads on; inside a layer each operator stands near what it gets rows from.
 * @param down layers below each other, for narrow windows; else beside each other
 */
export function layoutOf(operators: readonly OperatorInfo[], down: boolean): GraphLayout {
  const layers = layersOf(operators);
  const most = Math.max(0, ...layers.map((layer) => layer.length));
  const across = down ? BoxWidth : BoxHeight;
  const along = down ? BoxHeight : BoxWidth;
  const breadth = most * (across + Gap) - Gap;
  const boxes = layers.flatMap((layer, depth) => layer.map((operator, place): Placed => {
    const side = Margin + (breadth - (layer.length * (across + Gap) - Gap)) / 2 + place * (across + Gap);
    const forth = Margin + depth * (along + LayerGap);
    return down ? { operator, x: side, y: forth } : { operator, x: forth, y: side };
  }));
  const length = Math.max(0, layers.length * (along + LayerGap) - LayerGap) + 2 * Margin;
  const wide = Math.max(0, breadth) + 2 * Margin;
  return { width: down ? wide : length, height: down ? length : wide, boxes, edges: edgesOf(boxes, down) };
}

function layersOf(operators: readonly OperatorInfo[]): OperatorInfo[][] {
  const depths = new Map<number, number>();
  const places = new Map<number, number>();
  const layers: OperatorInfo[][] = [];
  for (const operator of operators) {
    const depth = Math.max(-1, ...operator.inputs.map((input) => depths.get(input) ?? -1)) + 1;
    depths.set(operator.id, depth);
    (layers[depth] ??= []).push(operator);
  }
  for (const layer of layers) {
    const wish = (operator: OperatorInfo): number => operator.inputs.reduce((sum, input) => sum + (places.get(input) ?? 0), 0) / Math.max(1, operator.inputs.length);
    layer.sort((a, b) => wish(a) - wish(b) || a.id - b.id);
    layer.forEach((operator, place) => places.set(operator.id, place));
  }
  return layers;
}

function edgesOf(boxes: readonly Placed[], down: boolean): Edge[] {
  const byId = new Map(boxes.map((box) => [box.operator.id, box]));
  return boxes.flatMap((to) => to.operator.inputs.flatMap((input) => {
    const from = byId.get(input);
    return from ? [{ key: `${input}-${to.operator.id}`, path: down ? curveDown(from, to) : curveRight(from, to) }] : [];
  }));
}

function curveRight(from: Placed, to: Placed): string {
  const [x1, y1, x2, y2] = [from.x + BoxWidth, from.y + BoxHeight / 2, to.x, to.y + BoxHeight / 2];
  const middle = x2 - LayerGap / 2;
  return `M${x1} ${y1}H${middle - LayerGap / 2}C${middle} ${y1} ${middle} ${y2} ${x2} ${y2}`;
}

function curveDown(from: Placed, to: Placed): string {
  const [x1, y1, x2, y2] = [from.x + BoxWidth / 2, from.y + BoxHeight, to.x + BoxWidth / 2, to.y];
  const middle = y2 - LayerGap / 2;
  return `M${x1} ${y1}V${middle - LayerGap / 2}C${x1} ${middle} ${x2} ${middle} ${x2} ${y2}`;
}
