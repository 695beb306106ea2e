'use client';
import { useRouter } from 'next/navigation';
import { Component, type ReactNode } from 'react';
import { Fault } from '@/components/states/fault';

type Props = { readonly title: string; readonly className: string; readonly children: ReactNode };

/** Keeps a region's failure inside the region: its caption stays, with what failed and a way to try again. */
export function Whole(props: Props) {
  const router = useRouter();
  return <Boundary {...props} onRetry={() => router.refresh()} />;
}

class Boundary extends Component<Props & { onRetry: () => void }, { digest: string | null | undefined }> {
  override state = { digest: undefined };

  static getDerivedStateFromError(error: { digest?: string }): { digest: string | null } {
    return { digest: error.digest ?? null };
  }

  override render() {
    const { digest } = this.state as { digest: string | null | undefined };
    if (digest === undefined) return this.props.children;
    const retry = () => {
      this.setState({ digest: undefined });
      this.props.onRetry();
    };
    return (
      <section className={`region ${this.props.className}`}>
        <div className="cap">
          <h2>{this.props.title}</h2>
        </div>
        <Fault {...(digest ? { requestId: digest } : {})} onRetry={retry} />
      </section>
    );
  }
}
