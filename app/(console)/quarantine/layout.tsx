import type { ReactNode } from 'react';
import { Toaster } from 'sonner';

/** Says at the foot what a triage did, with its way back. */
export default function QuarantineLayout({ children }: { readonly children: ReactNode }) {
  return (
    <>
      {children}
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
    </>
  );
}
