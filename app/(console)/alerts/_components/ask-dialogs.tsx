'use client';

import { useTranslations } from 'next-intl';
import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef, useState } from 'react';
import { lineText, titleText } from '@/components/alerts/alert-words';
import { useAlertWords } from '@/components/alerts/use-alert-words';
import { Dialog } from '@/components/ui/dialog';
import type { AlertRow } from '@/domain/alerts/alert-row';
import { DISMISS_REASONS, type DismissReason } from '@/domain/alerts/alert-states';
import type { TriageAction } from '@/domain/alerts/triage-action';
import { toShortBusinessText } from '@/domain/time-range';
import { snoozeTimes } from './snooze-times';

export type Asked = 'dismiss' | 'snooze' | 'assign' | 'escalate' | 'duplicate';
type AskDialogProps = {
  readonly asked: Asked | null;
  readonly count: number;
  readonly me: string;
  readonly people: readonly { readonly id: string; readonly name: string; readonly login: string }[];
  /** What the alert may be a duplicate of; null while it is looked up. */
  readonly originals: readonly AlertRow[] | null;
  readonly onClose: () => void;
  readonly onDecide: (action: TriageAction) => void;
};

/** Asks what a decision still needs: a reason, a time, a person, a note. Numbers choose at once; focus goes back to the list. */
export function AskDialog({ asked, count, me, people, originals, onClose, onDecide }: AskDialogProps) {
  const t = useTranslations('alerts');
  const decide = (action: TriageAction) => {
    onClose();
    onDecide(action);
  };
  return (
    <Dialog
      open={asked !== null}
      onOpenChange={(open) => (open ? undefined : onClose())}
      title={asked ? t(`ask.${asked}`, { count }) : ''}
      closeLabel={t('ask.cancel')}
    >
      {asked === 'dismiss' ? <DismissAsk decide={decide} /> : null}
      {asked === 'snooze' ? <SnoozeAsk decide={decide} /> : null}
      {asked === 'assign' ? <AssignAsk me={me} people={people} decide={decide} /> : null}
      {asked === 'escalate' ? <EscalateAsk decide={decide} /> : null}
      {asked === 'duplicate' ? <DuplicateAsk originals={originals} decide={decide} /> : null}
    </Dialog>
  );
}

type Decide = { readonly decide: (action: TriageAction) => void };

function DismissAsk({ decide }: Decide) {
  const t = useTranslations('alerts');
  const [note, setNote] = useState('');
  const [wanted, setWanted] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  const choose = (reason: DismissReason) => {
    if (reason === 'other' && note.trim() === '') {
      setWanted(true);
      field.current?.focus();
      return;
    }
    decide({ kind: 'dismiss', reason, ...(note.trim() === '' ? {} : { note: note.trim() }) });
  };
  return (
    <>
      <Choices
        label={t('reason.label')}
        choices={DISMISS_REASONS.map((reason) => ({ key: reason, label: t(`reason.${reason}`), choose: () => choose(reason) }))}
      />
      <form
        className="al-note"
        onSubmit={(event) => {
          event.preventDefault();
          if (wanted || note.trim() !== '') choose('other');
        }}
      >
        <Note field={field} note={note} setNote={setNote} isWanted={wanted && note.trim() === ''} />
        {note.trim() === '' ? null : (
          <button type="submit" className="btn main">
            {t('reason.other')}
          </button>
        )}
      </form>
    </>
  );
}

function SnoozeAsk({ decide }: Decide) {
  const t = useTranslations('alerts');
  const [now] = useState(() => new Date());
  return (
    <Choices
      label={t('ask.pick')}
      choices={snoozeTimes(now).map(({ key, until }) => ({
        key,
        label: t(`ask.${key}`),
        hint: toShortBusinessText(until, now),
        choose: () => decide({ kind: 'snooze', until }),
      }))}
    />
  );
}

function AssignAsk({ me, people, decide }: Decide & Pick<AskDialogProps, 'me' | 'people'>) {
  const t = useTranslations('alerts');
  const to = (id: string | null) => () => decide({ kind: 'assign', to: id });
  return (
    <Choices
      label={t('ask.pick')}
      choices={[
        ...people.map(({ id, name, login }) => ({
          key: id,
          label: id === me ? `${t('ask.me')} · ${name}` : name,
          hint: login,
          choose: to(id),
        })),
        { key: 'nobody', label: t('ask.nobody'), choose: to(null) },
      ]}
    />
  );
}

function EscalateAsk({ decide }: Decide) {
  const t = useTranslations('alerts');
  const [note, setNote] = useState('');
  const [wanted, setWanted] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => field.current?.focus(), []);
  return (
    <form
      className="al-note"
      onSubmit={(event) => {
        event.preventDefault();
        if (note.trim().length < 2) setWanted(true);
        else decide({ kind: 'escalate', note: note.trim() });
      }}
    >
      <p className="t2">{t('ask.escalateWhy')}</p>
      <Note field={field} note={note} setNote={setNote} isWanted={wanted && note.trim().length < 2} />
      <p className="meta">{t('ask.escalateSay')}</p>
      <button type="submit" className="btn main">
        {t('action.escalate')}
      </button>
    </form>
  );
}

function DuplicateAsk({ originals, decide }: Decide & Pick<AskDialogProps, 'originals'>) {
  const t = useTranslations('alerts');
  const words = useAlertWords();
  if (originals === null) return <p className="al-none t3">{t('list.loading')}</p>;
  if (originals.length === 0) return <p className="al-none">{t('ask.duplicateNone')}</p>;
  return (
    <Choices
      label={t('ask.pick')}
      choices={originals.map((row) => ({
        key: row.id,
        label: titleText(words, row),
        hint: `AL-${row.id}`,
        below: lineText(words, row),
        choose: () => decide({ kind: 'duplicate', of: row.id }),
      }))}
    />
  );
}

type Choice = {
  readonly key: string;
  readonly label: string;
  readonly hint?: string;
  readonly below?: string;
  readonly choose: () => void;
};

/** A list of buttons: arrows move, Enter chooses, the first nine answer to their number. */
function Choices({ label, choices }: { readonly label: string; readonly choices: readonly Choice[] }) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => box.current?.querySelector('button')?.focus(), []);
  const press = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    const buttons = [...(box.current?.querySelectorAll('button') ?? [])];
    if (step !== 0) {
      event.preventDefault();
      const at = buttons.indexOf(document.activeElement as HTMLButtonElement);
      buttons[(at + step + buttons.length) % buttons.length]?.focus();
    } else if (/^[1-9]$/.test(event.key)) {
      event.preventDefault();
      choices[Number(event.key) - 1]?.choose();
    }
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would frame what is a plain list of buttons.
    <div ref={box} className="al-choices" role="group" aria-label={label} onKeyDown={press}>
      {choices.map(({ key, label: text, hint, below, choose }, i) => (
        <button key={key} type="button" className="menu-item" onClick={choose}>
          <kbd className="kbd">{i < 9 ? i + 1 : '·'}</kbd>
          <span className="cut">
            {text}
            {below ? <span className="al-below">{below}</span> : null}
          </span>
          {hint ? <span className="push meta">{hint}</span> : null}
        </button>
      ))}
    </div>
  );
}

type NoteProps = {
  readonly field: React.RefObject<HTMLInputElement | null>;
  readonly note: string;
  readonly setNote: (note: string) => void;
  readonly isWanted: boolean;
};

function Note({ field, note, setNote, isWanted }: NoteProps): ReactNode {
  const t = useTranslations('alerts');
  const id = useId();
  return (
    <>
      <input
        ref={field}
        className="input"
        value={note}
        maxLength={500}
        aria-label={t('ask.note')}
        aria-invalid={isWanted}
        aria-describedby={isWanted ? id : undefined}
        placeholder={t('ask.noteHint')}
        onChange={(event) => setNote(event.target.value)}
      />
      {isWanted ? (
        <p id={id} className="wrong" role="alert">
          {t('ask.noteWanted')}
        </p>
      ) : null}
    </>
  );
}
