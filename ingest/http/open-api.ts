import * as z from 'zod';
import { DebitLine, DeclarationLine, HeartbeatLine, LegLine, OutcomeLine, TransactionLine } from '../feed/lines';
import { EARLIER_RECEIPT, Receipt } from '../feed/receipt';
import { EXAMPLES } from './examples';

/** OpenAPI 3.1, made from the shapes that lines are held to. A test sends every example to a running gateway. */
export function openApi(): object {
  return {
    openapi: '3.1.0',
    info: {
      title: 'Headwater feed',
      version: '1.0.0',
      description:
        'Signed feeds into Headwater: newline-delimited JSON, one object a line, or one ISO 20022 message. A receipt means that everything it counts is committed.',
    },
    paths: {
      '/v1/transactions': post('transactions', 'Report payments', TransactionLine, EXAMPLES.transactions),
      '/v1/legs': post('legs', 'Report one’s own hop of payments', LegLine, EXAMPLES.legs),
      '/v1/heartbeats': post('heartbeats', 'Report the state of lines', HeartbeatLine, EXAMPLES.heartbeats),
      '/v1/outcomes': post('outcomes', 'Report what became of payments', OutcomeLine, EXAMPLES.outcomes),
      '/v1/debits': post('debits', 'Report the debits that a bank carried out for payment institutions', DebitLine, EXAMPLES.debits),
      '/v1/declarations': post(
        'declarations',
        'Declare a business day between a payment institution and a bank: cleared, direct, and whether the direct interface is open',
        DeclarationLine,
        EXAMPLES.declarations,
      ),
      '/v1/iso20022': {
        post: {
          ...operation('iso20022', 'Send one pacs.008, pacs.002, pacs.004, camt.056 or camt.029 message'),
          parameters: [
            ...HEADERS,
            {
              name: 'profile',
              in: 'query',
              required: false,
              description: 'A usage guideline whose rules apply on top of the schema’s.',
              schema: { type: 'string', examples: ['cbpr-plus'] },
            },
          ],
          requestBody: { required: true, content: { 'application/xml': { schema: { type: 'string' }, example: EXAMPLES.iso20022 } } },
        },
      },
      '/v1/receipt-key': get('The public key that receipts are signed with'),
      '/livez': get('Whether the process lives'),
      '/readyz': get('Whether it can take requests'),
    },
    components: {
      schemas: { Receipt: z.toJSONSchema(Receipt), Fault: FAULT },
    },
  };
}

const FAULT = {
  type: 'object',
  required: ['reason', 'detail'],
  properties: { reason: { type: 'string', description: 'A stable code.' }, detail: { type: 'string' } },
};

const HEADERS = [
  header('headwater-batch-id', 'The sender’s id of this batch, kept until there is a receipt: the same id and body give the same receipt.'),
  header('content-digest', 'RFC 9530: sha-256=:base64: of the body as sent.'),
  header(
    'signature-input',
    'RFC 9421: sig1=("@method" "@path" "content-digest" "headwater-batch-id");created=…;nonce="…";keyid="…";alg="ed25519"; with a query, "@query" too.',
  ),
  header('signature', 'sig1=:base64: of the Ed25519 signature.'),
];

function header(name: string, description: string) {
  return { name, in: 'header', required: true, description, schema: { type: 'string' } };
}

function post(feed: string, summary: string, line: z.ZodType, example: readonly object[]) {
  return {
    post: {
      ...operation(feed, summary),
      parameters: HEADERS,
      requestBody: {
        required: true,
        description: 'One object a line; gzip is taken. At most 200,000 lines of 64 KiB each.',
        content: {
          'application/x-ndjson': {
            schema: { $comment: 'The schema of each line.', ...z.toJSONSchema(line, { unrepresentable: 'any' }) },
            example: example.map((object) => JSON.stringify(object)).join('\n'),
          },
        },
      },
    },
  };
}

function operation(feed: string, summary: string) {
  const fault = (description: string) => ({
    description,
    content: { 'application/json': { schema: { $ref: '#/components/schemas/Fault' } } },
  });
  return {
    operationId: feed,
    summary,
    responses: {
      200: {
        description: 'Committed.',
        headers: {
          [EARLIER_RECEIPT]: {
            description: 'There where an earlier request of the same batch had this receipt already.',
            schema: { type: 'string', enum: ['true'] },
          },
        },
        content: { 'application/json': { schema: { $ref: '#/components/schemas/Receipt' } } },
      },
      400: fault('The headers or the body as a whole are not usable.'),
      401: fault('The signature is missing, wrong, old or used.'),
      403: fault('The key or the institution may not send this.'),
      409: fault('The batch id was used with another body; both digests are given.'),
      413: fault('Too large.'),
      415: fault('An unknown content encoding.'),
      429: fault('Too busy: come back after Retry-After seconds.'),
      503: fault('Not now: come back after Retry-After seconds.'),
    },
  };
}

function get(summary: string) {
  return { get: { summary, responses: { 200: { description: 'OK', content: { 'application/json': { schema: { type: 'object' } } } } } } };
}
