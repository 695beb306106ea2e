import { toBusinessText } from '@/domain/time-range';

/** Who looked and when, across the whole screen: a photograph of it says where it comes from. */
export function Watermark({ name, login, at }: { readonly name: string; readonly login: string; readonly at: Date }) {
  return (
    <svg className="mark" aria-hidden="true" width="100%" height="100%">
      <defs>
        <pattern id="watermark" width="340" height="190" patternUnits="userSpaceOnUse">
          <text x="20" y="120" transform="rotate(-18 170 95)">
            {`${name} · ${login} · ${toBusinessText(at).slice(0, 16)}`}
          </text>
        </pattern>
      </defs>
      <rect width="100%" height="100%" fill="url(#watermark)" />
    </svg>
  );
}
