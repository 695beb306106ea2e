import type { AlertFilter } from './alert-filter';
import type { AlertState } from './alert-states';

/** Whether an alert in this state still belongs to the list that a filter shows, as far as what people decide goes. */
export function belongsTo(
  { queue, states }: Pick<AlertFilter, 'queue' | 'states'>,
  alert: { readonly state: AlertState; readonly assigneeId: string | null },
  me: string,
): boolean {
  if (queue === 'open') return alert.state === 'open';
  if (queue === 'mine') return alert.state === 'open' && alert.assigneeId === me;
  if (queue === 'unassigned') return alert.state === 'open' && alert.assigneeId === null;
  if (queue === 'snoozed') return alert.state === 'snoozed';
  return states.length === 0 || states.includes(alert.state);
}
