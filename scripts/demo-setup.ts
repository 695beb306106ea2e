// Demo mode only: registers the simulated country with a key for each institution, and the demo's people. Idempotent.
import fs from 'node:fs';
import pg from 'pg';
import { createKey } from '@/server/commands/feed/create-key';
import { DEMO_PASSWORD, seedDemoUsers } from '@/server/commands/session/seed-demo-users';
import { countryInstitutions } from '@/simulator/country';
