import type { Scene } from '@/domain/tracing/canvas/scene';
import type { Describe } from './trace-words';

export type TraceSvg = {
  readonly scene: Scene;
  readonly describe: Describe;
  readonly bandText: (band: Scene['bands'][number]) => string | null;
  readonly nodeWidth: number;
  readonly step: number;
  readonly columns: readonly string[];
  readonly title: string;
  /** What has to stand under the picture for it to be understood without the console. */
  readonly lines: readonly string[];
  readonly mark: string;
  /** A token of the style sheet as it is now: light or dark. */
  readonly color: (token: string) => string;
  readonly font: string;
};

const PAD = 24;
const HEAD = 74;
const LINE = 20;

/** The picture as an SVG file that stands by itself: all bands and nodes, its facts below and who took it across. */
export function traceSvg(of: TraceSvg): { readonly text: string; readonly width: number; readonly height: number } {
  const { scene, color, nodeWidth } = of;
  const top = Math.min(0, ...scene.nodes.map(({ y }) => y));
  const bottom = Math.max(0, ...scene.nodes.map(({ y, height }) => y + height));
  const width = Math.ceil(Math.max(720, ...scene.nodes.map(({ x }) => x + nodeWidth)) + 2 * PAD);
  const height = Math.ceil(bottom - top + HEAD + PAD * 2 + of.lines.length * LINE);
  const text = [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="${escaped(of.font)}" font-size="12">`,
    `<title>${escaped(of.title)}</title>`,
    `<rect width="100%" height="100%" fill="${color('--surface-sheet')}"/>`,
    `<text x="${PAD}" y="32" font-size="15" font-weight="600" fill="${color('--text-1')}">${escaped(of.title)}</text>`,
    `<g transform="translate(${PAD} ${HEAD - top})">`,
    ...of.columns.map(
      (words, at) =>
        `<text x="${at * of.step}" y="${top - 16}" fill="${color('--text-3')}">${escaped(words)}</text><path d="M${at * of.step} ${top - 10}h${nodeWidth}" stroke="${color('--line')}"/>`,
    ),
    ...bandsSvg(of),
    ...nodesSvg(of),
    '</g>',
    ...of.lines.map(
      (line, i) => `<text x="${PAD}" y="${HEAD + bottom - top + PAD + 12 + i * LINE}" fill="${color('--text-2')}">${escaped(line)}</text>`,
    ),
    watermark(of, width, height),
    '</svg>',
  ].join('\n');
  return { text, width, height };
}

function bandsSvg({ scene, bandText, color }: TraceSvg): readonly string[] {
  const ordered = [...scene.bands].sort((a, b) => Number(a.edge.pinned) - Number(b.edge.pinned));
  return ordered.flatMap((band) => {
    const path = (stroke: string, thick: number) =>
      `<path d="${band.path}" fill="none" stroke="${color(stroke)}" stroke-width="${thick.toFixed(2)}"/>`;
    const words = bandText(band);
    return [
      ...(band.edge.pinned ? [path('--surface-sheet', band.halo + 4)] : []),
      path(band.edge.pinned ? '--tr-pinned-halo' : '--tr-halo', band.halo),
      ...(band.core > 0 ? [path(band.edge.pinned ? '--depth-9' : '--depth-5', band.core)] : []),
      ...(words === null
        ? []
        : [
            `<text x="${band.labelX}" y="${band.labelY}" text-anchor="middle" dominant-baseline="central" fill="${color('--text-1')}" stroke="${color('--surface-sheet')}" stroke-width="3" paint-order="stroke">${escaped(words)}</text>`,
          ]),
    ];
  });
}

function nodesSvg({ scene, describe, color }: TraceSvg): readonly string[] {
  return scene.nodes.flatMap(({ node, x, y, width, height }) => {
    const words = describe(node.id);
    const group = node.account === null;
    const middle = y + height / 2;
    const text = (at: number, dy: number, fill: string, content: string, end = false) =>
      `<text x="${at}" y="${middle + dy}" fill="${color(fill)}"${end ? ' text-anchor="end"' : ''}>${escaped(content)}</text>`;
    return [
      `<rect x="${x}" y="${y}" width="${width}" height="${height}" rx="4" fill="${color(group ? '--surface-well' : '--surface-float')}" stroke="${color(words.pinned ? '--text-2' : '--line-strong')}"${group ? ' stroke-dasharray="3 2.5"' : ''}/>`,
      text(x + 8, -3, '--text-1', shortened(words.name, words.tail)),
      text(x + width - 8, -3, '--text-3', words.tail, true),
      text(x + 8, 12, '--text-2', words.amount),
      ...(words.word === null
        ? []
        : [text(x + width - 8, 12, words.wordTone === 'out' ? '--direction-out-text' : '--text-3', words.word, true)]),
      ...(words.note === null ? [] : [text(x, height / 2 + 14, '--accent', words.note)]),
    ];
  });
}

// Lines of who took it lie across the whole picture, so that a part of it says so as well.
function watermark({ mark, color }: TraceSvg, width: number, height: number): string {
  const lines: string[] = [];
  for (let y = 90; y < height + 120; y += 150)
    for (let x = -60; x < width; x += 330) lines.push(`<text x="${x}" y="${y}" transform="rotate(-18 ${x} ${y})">${escaped(mark)}</text>`);
  return `<g fill="${color('--text-1')}" opacity="0.07" font-size="14">${lines.join('')}</g>`;
}

// A file has no ellipsis of its own: about six units a Latin letter and twelve a Chinese one.
function shortened(name: string, tail: string): string {
  const room = 108 - 7 * tail.length;
  let used = 0;
  for (const [i, letter] of [...name].entries()) {
    used += letter.charCodeAt(0) > 0x2e7f ? 12 : 6.6;
    if (used > room) return `${[...name].slice(0, Math.max(1, i - 1)).join('')}…`;
  }
  return name;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
