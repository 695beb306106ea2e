import type { Route } from '@/domain/clearing/transaction';
import { identifier } from './identifiers';
import { at, type Element, textAt } from './xml-tree';

/** CLRG is settled by a clearing system; the other methods settle on accounts that the two institutions hold with each other. */
export function routeOf(group: Element | undefined): Route {
  return textAt(group, 'SttlmInf', 'SttlmMtd') === 'CLRG' ? 'cleared' : 'direct';
}

/** Clearing system and settlement date, for instance "CIPS-2026-11-23": the nearest thing to a session that the message has. */
export function sessionNo(group: Element | undefined, payment: Element): string | undefined {
  const system = at(group, 'SttlmInf', 'ClrSys');
  const date = textAt(payment, 'IntrBkSttlmDt') ?? textAt(group, 'IntrBkSttlmDt');
  const parts = [textAt(system, 'Cd') ?? textAt(system, 'Prtry'), date?.slice(0, 10)].filter((part) => part !== undefined);
  return system && identifier(parts.join('-'));
}
