import { getTranslations } from 'next-intl/server';
import { Suspense } from 'react';
import { pageContext, type SearchParams } from '@/server/page-context';
import { requireActor } from '@/server/session';
import { Board } from './_components/board';
import { BoardSkeleton } from './_components/board-skeleton';
import { boardWire } from './board-question';
import './institutions.css';

export default async function InstitutionsPage({ searchParams }: { searchParams: SearchParams }) {
  const actor = await requireActor('institutions:view');
  const t = await getTranslations('institutions');
  return (
    <Suspense fallback={<BoardSkeleton title={t('title')} />}>
      <BoardFigures actor={actor} searchParams={searchParams} />
    </Suspense>
  );
}

async function BoardFigures({ actor, searchParams }: { actor: Awaited<ReturnType<typeof requireActor>>; searchParams: SearchParams }) {
  const [context, parameters] = await Promise.all([pageContext(actor, searchParams), searchParams]);
  return <Board wire={await boardWire(actor, { context, role: parameters.role, view: parameters.view })} />;
}
