/** A spring and the two streams that leave it. */
export function Brand() {
  return (
    <svg
      viewBox="0 0 20 20"
      width="20"
      height="20"
      fill="none"
      stroke="var(--accent)"
      strokeWidth="1.7"
      strokeLinecap="round"
      aria-hidden="true"
    >
      <circle cx="4" cy="4.4" r="2" fill="var(--accent)" stroke="none" />
      <path d="M4 8.6c0 5 4.4 2.6 7 4.4s2.4 4.2 6.4 4.2" />
      <path d="M8.2 4.4c4.6 0 2.8 4 5 5.6s2 1.6 4.2 1.6" />
    </svg>
  );
}
