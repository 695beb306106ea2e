import { useTranslations } from 'next-intl';
import { formatCount } from '@/domain/format/count';
import type { ListQuestion } from '../list-question';

/** What a search matched, or which code nobody has: one line above the figures it explains. */
export function MatchNotice({ question }: { readonly question: ListQuestion }) {
  const t = useTranslations('transactions');
  const { match, unknownCodes, filter } = question;
  const lines: string[] = [];
  if (match?.kind === 'several')
    lines.push(t(match.isMax ? 'search.severalMax' : 'search.several', { text: filter.q, count: formatCount(match.count) }));
  if (match?.kind === 'accounts')
    lines.push(
      t(match.matched.isCut ? 'search.accountsCut' : 'search.accounts', { digits: match.digits, count: match.matched.accounts.length }),
    );
  if (unknownCodes.length > 0) lines.push(t('filter.unknownCode', { codes: unknownCodes.join(', ') }));
  if (lines.length === 0) return null;
  return (
    <div className="txs-note" role="status">
      {lines.map((line) => (
        <p key={line}>{line}</p>
      ))}
    </div>
  );
}
