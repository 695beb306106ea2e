'use client';

import { useLocale, useTranslations } from 'next-intl';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import { formatLocale } from '@/components/figures/format-locale';
import { SeverityGlyph } from '@/components/glyphs/severity-glyph';
import { formatDuration } from '@/domain/format/duration';
import { type SignInAnswer, signInWith } from './sign-in-request';

type SignInFormProps = {
  readonly returnTo: string;
  readonly people: readonly { readonly login: string; readonly about: string }[];
  readonly demoPassword?: string;
};

/** Login and password; in demo mode the people one can be, each a press away. */
export function SignInForm({ returnTo, people, demoPassword }: SignInFormProps) {
  const t = useTranslations('auth');
  const locale = formatLocale(useLocale());
  const [answer, setAnswer] = useState<SignInAnswer | null>(null);
  const [busy, setBusy] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  const waitS = useCountdown(answer?.kind === 'wait' ? answer.waitS : 0, answer);
  // A count of whole seconds: tenths would stand still.
  const waitText = waitS < 60 ? t('fault.seconds', { seconds: waitS }) : formatDuration(waitS * 1000, locale);
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const fields = new FormData(event.currentTarget);
    setBusy(true);
    const next = await signInWith({ login: String(fields.get('login')), password: String(fields.get('password')) });
    // A full load: the console's shell must not be drawn from anything a former person left behind.
    if (next.kind === 'in') return location.assign(returnTo);
    setBusy(false);
    setAnswer(next);
  };
  const be = (login: string) => {
    const fields = form.current?.elements;
    const field = (name: string) => fields?.namedItem(name) as HTMLInputElement | null;
    const [name, password] = [field('login'), field('password')];
    if (name) name.value = login;
    if (password) password.value = demoPassword ?? '';
    form.current?.requestSubmit();
  };
  const fault = answer === null || answer.kind === 'in' || (answer.kind === 'wait' && waitS === 0) ? null : answer.kind;
  return (
    <>
      <form ref={form} className="door-form" onSubmit={submit} method="post">
        <label>
          <span>{t('login')}</span>
          <input className="input" name="login" autoComplete="username" autoCapitalize="none" spellCheck={false} required maxLength={120} />
        </label>
        <label>
          <span>{t('password')}</span>
          <input className="input" name="password" type="password" autoComplete="current-password" required maxLength={256} />
        </label>
        <p className="door-fault" role="alert">
          {fault ? <SeverityGlyph severity="major" /> : null}
          {fault === 'wait' ? t('fault.wait', { wait: waitText }) : fault ? t(`fault.${fault}`) : null}
        </p>
        <button type="submit" className="btn main" disabled={busy || waitS > 0}>
          {busy ? t('busy') : t('enter')}
        </button>
      </form>
      {people.length > 0 ? (
        <section className="door-people" aria-labelledby="demo-people">
          <h2 id="demo-people">{t('demo.title')}</h2>
          <p className="meta">
            {t('demo.password')} <span className="mono">{demoPassword}</span>
          </p>
          <ul>
            {people.map((person) => (
              <li key={person.login}>
                <button type="button" onClick={() => be(person.login)} disabled={busy}>
                  <span className="mono">{person.login}</span>
                  <span className="t3">{person.about}</span>
                </button>
              </li>
            ))}
          </ul>
        </section>
      ) : null}
    </>
  );
}

function useCountdown(fromS: number, restart: unknown): number {
  const [left, setLeft] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a second refusal with the same wait starts again.
  useEffect(() => {
    const until = Date.now() + fromS * 1000;
    const tick = () => setLeft(Math.max(0, Math.ceil((until - Date.now()) / 1000)));
    tick();
    const timer = setInterval(tick, 1000);
    return () => clearInterval(timer);
  }, [fromS, restart]);
  return left;
}
