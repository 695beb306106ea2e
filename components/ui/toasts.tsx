import { Toaster } from 'sonner';

/** Says at the foot what a triage did, with its way back. */
export function Toasts() {
  return (
    <Toaster
      position="bottom-center"
      visibleToasts={3}
      toastOptions={{
        style: {
          background: 'var(--surface-float)',
          color: 'var(--text-1)',
          border: '1px solid var(--line)',
          borderRadius: 'var(--radius-float)',
          fontFamily: 'var(--font-ui)',
        },
      }}
    />
  );
}
