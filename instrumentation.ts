/** Next.js calls this once when the console starts. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME === 'nodejs' && process.env.NEXT_PHASE !== 'phase-production-build') {
    const { warmFlows } = await import('./server/warm-flows');
    // Not waited for: a console without its database starts all the same, and says so on its pages.
    warmFlows().catch(() => {});
  }
}
