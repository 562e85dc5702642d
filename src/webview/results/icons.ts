import type { RowState } from '../../model/results/resultRow';

const SVG = 'http://www.w3.org/2000/svg';
const CIRCLE = 'M8 1.75a6.25 6.25 0 1 1 0 12.5a6.25 6.25 0 1 1 0 -12.5z';

/** The shapes of the tree's own icons, so that a state looks alike in both; no two differ in colour alone. */
const SHAPES: Record<RowState | 'checking', { readonly path: string; readonly isFilled?: boolean }> = {
  online: { path: `${CIRCLE}M4.6 8.2l2.3 2.3l4.5-5l-1-.9l-3.6 4l-1.3-1.3z`, isFilled: true },
  offline: { path: `${CIRCLE}M3.6 3.6L12.4 12.4` },
  unknown: { path: `${CIRCLE}M6 6.2a2 2 0 1 1 2.7 1.9q-.7.3-.7 1.3M8 11.2v1` },
  failed: { path: `${CIRCLE}M5.4 5.4l5.2 5.2M10.6 5.4l-5.2 5.2` },
  notChecked: { path: CIRCLE },
  checking: { path: 'M13.5 8a5.5 5.5 0 1 1-1.6-3.9M12.2 1.5v2.9h-2.9' },
};

/** Draws the shape of a state; its word stands beside it, so it is hidden from screen readers. */
export function stateIcon(state: RowState | 'checking'): SVGSVGElement {
  const { path, isFilled } = SHAPES[state];
  const icon = document.createElementNS(SVG, 'svg');
  icon.setAttribute('viewBox', '0 0 16 16');
  icon.setAttribute('aria-hidden', 'true');
  icon.setAttribute('class', isFilled === true ? 'icon filled' : 'icon');
  const shape = document.createElementNS(SVG, 'path');
  shape.setAttribute('d', path);
  icon.append(shape);
  return icon;
}
