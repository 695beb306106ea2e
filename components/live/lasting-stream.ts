const AGAIN_MS = 15_000;

/**
 * Server-sent events of one name, until the function that is returned is called. A browser opens a stream that broke off again by itself,
 * but never one that was answered with an error, as while the database is away: that one is asked for anew, or the page would stand still
 * for good.
 */
export function lastingStream(address: string, name: string, onEvent: (data: string) => void): () => void {
  let stream: EventSource;
  let again: ReturnType<typeof setTimeout> | undefined;
  const open = () => {
    stream = new EventSource(address);
    stream.addEventListener(name, (event) => onEvent((event as MessageEvent<string>).data));
    stream.addEventListener('error', () => {
      if (stream.readyState === EventSource.CLOSED) again = setTimeout(open, AGAIN_MS);
    });
  };
  open();
  return () => {
    clearTimeout(again);
    stream.close();
  };
}
