/** Colours of the theme in force, read from its variables. Redraw with a new palette when the theme changes. */
export type MatrixPalette = {
  readonly text: string;
  readonly secondary: string;
  readonly caption: string;
  readonly rule: string;
  readonly sheet: string;
  readonly out: string;
  readonly into: string;
  readonly font: string;
  /** Red, green, blue of every depth step; 0 is no traffic. */
  readonly depth: readonly Rgb[];
  /** The same for a change, −5 to 5, from index 0. Growth is depth, fall is grey: depth means more. */
  readonly change: readonly Rgb[];
};

export type Rgb = readonly [red: number, green: number, blue: number];

export function matrixPalette(element: Element): MatrixPalette {
  const style = getComputedStyle(element);
  const value = (name: string) => style.getPropertyValue(name).trim();
  const rgb = colourReader();
  const depth = Array.from({ length: 11 }, (_, step) => rgb(value(`--depth-${step}`)));
  const grey = rgb(value('--text-2'));
  const dry = depth[1] as Rgb;
  const falls = [0.7, 0.56, 0.42, 0.3, 0.18].map((share) => mixed(grey, dry, share));
  return {
    text: value('--text-1'),
    secondary: value('--text-2'),
    caption: value('--text-3'),
    rule: value('--line-strong'),
    sheet: value('--surface-sheet'),
    out: value('--direction-out'),
    into: value('--direction-in'),
    font: value('--font-ui') || 'sans-serif',
    depth,
    change: [...falls, dry, ...[3, 5, 7, 8, 10].map((step) => depth[step] as Rgb)],
  };
}

// Pixels are written as bytes, variables are written in OKLCH: the canvas itself converts.
function colourReader(): (colour: string) => Rgb {
  const canvas = document.createElement('canvas');
  canvas.width = 1;
  canvas.height = 1;
  const context = canvas.getContext('2d', { willReadFrequently: true });
  return (colour) => {
    if (!context) return [0, 0, 0];
    context.fillStyle = colour;
    context.fillRect(0, 0, 1, 1);
    const [red = 0, green = 0, blue = 0] = context.getImageData(0, 0, 1, 1).data;
    return [red, green, blue];
  };
}

function mixed(a: Rgb, b: Rgb, share: number): Rgb {
  const mix = (i: 0 | 1 | 2) => Math.round(a[i] * share + b[i] * (1 - share));
  return [mix(0), mix(1), mix(2)];
}
