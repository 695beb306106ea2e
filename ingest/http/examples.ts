/** One body of each feed, as the OpenAPI document shows it and a test sends it. The institutions are made up. */
export const EXAMPLES = {
  transactions: [
    {
      id: '2026112309465200000001',
      endToEndId: 'E2E-7d1f0a',
      sessionNo: '20261123-03',
      businessType: 'gateway',
      route: 'cleared',
      status: 'succeeded',
      systemCode: 'S0000',
      businessCode: '00',
      payer: { institution: 'BANK-A', account: '6222021234561182' },
      intermediary: 'PAY-A',
      payee: { institution: 'BANK-B', account: '6228480402564890018' },
      amount: '128.50',
      currency: 'CNY',
      initiatedAt: '2026-11-23T09:46:51.870+08:00',
      acceptedAt: '2026-11-23T09:46:52.004+08:00',
      respondedAt: '2026-11-23T09:46:52.391+08:00',
      merchantId: 'M-20931',
      merchantCategory: '5411',
    },
    {
      id: '2026112309465200000002',
      businessType: 'payout',
      route: 'cleared',
      status: 'unknown',
      payer: { institution: 'BANK-B', account: '6228480402564890018' },
      payee: { institution: 'BANK-A', account: '6222021234561182' },
      amountMinor: '5000000',
      currency: 'CNY',
      acceptedAt: '2026-11-23T09:46:52.120+08:00',
    },
  ],
  legs: [
    {
      transactionId: '2026112309465200000001',
      party: 'payer_bank',
      institution: 'BANK-A',
      serial: 'A-000918273',
      startedAt: '2026-11-23T09:46:52.051+08:00',
      endedAt: '2026-11-23T09:46:52.212+08:00',
      valueDate: '2026-11-23',
      amount: '128.50',
      currency: 'CNY',
      status: 'debited',
    },
  ],
  heartbeats: [
    { institution: 'BANK-A', line: 'dc1', layer: 'application', sentAt: '2026-11-23T09:46:50.000+08:00', ok: true, latencyMs: 12 },
    {
      institution: 'BANK-A',
      line: 'dc2',
      layer: 'mtls',
      sentAt: '2026-11-23T09:46:50.000+08:00',
      direction: 'inbound',
      ok: false,
      detail: 'certificate expired',
      certificate: {
        party: 'client',
        fingerprint: '5d0e7f0fbb0c4f6f8a4f3a2b9f1d6c7e8091a2b3c4d5e6f708192a3b4c5d6e7f',
        subject: 'CN=bank-a.example',
        issuer: 'CN=Example Clearing CA',
        notBefore: '2025-11-22T00:00:00.000Z',
        notAfter: '2026-11-22T00:00:00.000Z',
      },
    },
  ],
  outcomes: [
    {
      messageId: 'OUT-000001',
      transactionId: '2026112309465200000002',
      kind: 'resolved',
      status: 'succeeded',
      recordedAt: '2026-11-23T09:48:10.000+08:00',
      systemCode: 'S0000',
      businessCode: '00',
    },
  ],
  debits: [
    {
      bank: 'BANK-A',
      serial: 'A-D000918273',
      institution: 'PAY-A',
      businessType: 'gateway',
      debitedAt: '2026-11-23T09:46:52.131+08:00',
      amount: '128.50',
      currency: 'CNY',
      transactionId: '2026112309465200000001',
    },
    {
      bank: 'BANK-A',
      serial: 'A-D000918274',
      institution: 'PAY-A',
      businessType: 'entrusted',
      debitedAt: '2026-11-23T09:47:10.020+08:00',
      amountMinor: '9900',
      currency: 'CNY',
      agreementNo: 'SGN-20260115-00812',
    },
  ],
  declarations: [
    {
      messageId: 'DAY-20261122-PAY-A-gateway',
      institution: 'PAY-A',
      bank: 'BANK-A',
      businessType: 'gateway',
      currency: 'CNY',
      day: '2026-11-22',
      clearedCount: 18211,
      clearedMinor: '236104500',
      directCount: 0,
      directMinor: '0',
      directInterface: 'closed',
      declaredAt: '2026-11-23T00:30:00.000+08:00',
    },
  ],
  iso20022: `<?xml version="1.0" encoding="UTF-8"?>
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:pacs.008.001.08">
  <FIToFICstmrCdtTrf>
    <GrpHdr>
      <MsgId>MSG-20261123-0001</MsgId>
      <CreDtTm>2026-11-23T09:50:00.000+08:00</CreDtTm>
      <NbOfTxs>1</NbOfTxs>
      <SttlmInf><SttlmMtd>CLRG</SttlmMtd></SttlmInf>
    </GrpHdr>
    <CdtTrfTxInf>
      <PmtId>
        <InstrId>INSTR-0001</InstrId>
        <EndToEndId>E2E-0001</EndToEndId>
        <TxId>TX-20261123-0001</TxId>
        <UETR>3d2c1f5e-6a7b-4c8d-9e0f-1a2b3c4d5e6f</UETR>
      </PmtId>
      <IntrBkSttlmAmt Ccy="CNY">4782.00</IntrBkSttlmAmt>
      <IntrBkSttlmDt>2026-11-23</IntrBkSttlmDt>
      <ChrgBr>SLEV</ChrgBr>
      <InstgAgt><FinInstnId><BICFI>HWABCNBJXXX</BICFI></FinInstnId></InstgAgt>
      <InstdAgt><FinInstnId><BICFI>HWBBCNSHXXX</BICFI></FinInstnId></InstdAgt>
      <Dbtr><Nm>Example Trading</Nm></Dbtr>
      <DbtrAcct><Id><Othr><Id>6222021234561182</Id></Othr></Id></DbtrAcct>
      <DbtrAgt><FinInstnId><BICFI>HWABCNBJXXX</BICFI></FinInstnId></DbtrAgt>
      <CdtrAgt><FinInstnId><BICFI>HWBBCNSHXXX</BICFI></FinInstnId></CdtrAgt>
      <Cdtr><Nm>Example Supplies</Nm></Cdtr>
      <CdtrAcct><Id><Othr><Id>6228480402564890018</Id></Othr></Id></CdtrAcct>
    </CdtTrfTxInf>
  </FIToFICstmrCdtTrf>
</Document>
`,
} as const;
