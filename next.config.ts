import type { NextConfig } from 'next';
import createNextIntlPlugin from 'next-intl/plugin';

const config: NextConfig = {
  poweredByHeader: false,
  reactStrictMode: true,
  devIndicators: false,
  // The optimiser fetches and decodes on behalf of whoever asks; the console has no pictures that need it.
  images: { unoptimized: true },
  // `npm test` checks types, once and with the newest compiler; a newcomer's first start need not wait for it again.
  typescript: { ignoreBuildErrors: true },
  serverExternalPackages: ['pg', '@node-rs/argon2', 'pino', '@prisma/client', '@prisma/adapter-pg'],
  allowedDevOrigins: ['127.0.0.1'],
  // An evidence file of a case is up to 25 MB and passes the proxy whole.
  // forbidden() and unauthorized() answer 403 and 401 in pages, actions and route handlers alike.
  experimental: { authInterrupts: true, proxyClientMaxBodySize: '26mb' },
};

export default createNextIntlPlugin('./i18n/request.ts')(config);
