import { cookies, headers } from 'next/headers';
import { getRequestConfig } from 'next-intl/server';
import { chosenLocale, LOCALE_COOKIE } from '@/domain/locale';
import { messagesOf } from './messages';

export default getRequestConfig(async () => {
  const locale = chosenLocale((await cookies()).get(LOCALE_COOKIE)?.value, (await headers()).get('accept-language'));
  return { locale, messages: await messagesOf(locale), timeZone: 'Asia/Shanghai' };
});
