// Messages of a made-up country for tests: valid against their schemas, small, each with something to change.

const NAMESPACE = 'urn:iso:std:iso:20022:tech:xsd:';
export const UETR = 'a9aa14fe-fc3b-4e5f-a136-225e1fc632d0';

export function document(definition: string, body: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n<Document xmlns="${NAMESPACE}${definition}">${body}</Document>`;
}

export function agent(name: string, bic: string): string {
  return `<${name}><FinInstnId><BICFI>${bic}</BICFI></FinInstnId></${name}>`;
}

export type Payment = {
  readonly ids?: string;
  readonly amount?: string;
  readonly head?: string;
  readonly debtor?: string;
  readonly debtorAccount?: string;
  readonly debtorAgent?: string;
};

/** pacs.008.001.08 with one payment for each of `payments`. */
export function creditTransfer(payments: readonly Payment[], group = ''): string {
  const each = payments.map(
    (payment) => `<CdtTrfTxInf>
      <PmtId>${payment.ids ?? `<EndToEndId>E2E-1</EndToEndId><TxId>TX-1</TxId><UETR>${UETR}</UETR>`}</PmtId>
      ${payment.amount ?? '<IntrBkSttlmAmt Ccy="CNY">1500.25</IntrBkSttlmAmt>'}
      <IntrBkSttlmDt>2026-11-20</IntrBkSttlmDt>${payment.head ?? ''}
      <ChrgBr>SHAR</ChrgBr>
      <Dbtr>${payment.debtor ?? '<Nm>Jia Trading</Nm>'}</Dbtr>
      ${payment.debtorAccount ?? '<DbtrAcct><Id><Othr><Id>6222020000001111</Id></Othr></Id></DbtrAcct>'}
      ${payment.debtorAgent ?? agent('DbtrAgt', 'HWABCNBJXXX')}
      ${agent('CdtrAgt', 'HWBBCNSH')}
      <Cdtr><Nm>Yi Services</Nm></Cdtr>
      <CdtrAcct><Id><Othr><Id>6222020000002222</Id></Othr></Id></CdtrAcct>
    </CdtTrfTxInf>`,
  );
  return document(
    'pacs.008.001.08',
    `<FIToFICstmrCdtTrf><GrpHdr><MsgId>M-1</MsgId><CreDtTm>2026-11-20T10:00:00+08:00</CreDtTm><NbOfTxs>${payments.length}</NbOfTxs>${group}
      <SttlmInf><SttlmMtd>CLRG</SttlmMtd><ClrSys><Prtry>HLQS</Prtry></ClrSys></SttlmInf></GrpHdr>${each.join('')}</FIToFICstmrCdtTrf>`,
  );
}

/** pacs.002.001.10 with one status. */
export function statusReport(status: string, reason = ''): string {
  const said = reason && `<StsRsnInf><Rsn><Cd>${reason}</Cd></Rsn><AddtlInf>told so</AddtlInf></StsRsnInf>`;
  return document(
    'pacs.002.001.10',
    `<FIToFIPmtStsRpt><GrpHdr><MsgId>S-1</MsgId><CreDtTm>2026-11-20T10:00:05+08:00</CreDtTm></GrpHdr>
      <TxInfAndSts><OrgnlTxId>TX-1</OrgnlTxId><OrgnlUETR>${UETR}</OrgnlUETR><TxSts>${status}</TxSts>${said}</TxInfAndSts></FIToFIPmtStsRpt>`,
  );
}

/** pacs.004.001.13 with one return; `chain` names the parties of the return. */
export function paymentReturn(chain: boolean): string {
  const parties = `<RtrChain><Dbtr><Pty><Nm>Yi Services</Nm></Pty></Dbtr>
      <DbtrAcct><Id><Othr><Id>6222020000002222</Id></Othr></Id></DbtrAcct>${agent('DbtrAgt', 'HWBBCNSH')}${agent('CdtrAgt', 'HWABCNBJ')}
      <Cdtr><Pty><Nm>Jia Trading</Nm></Pty></Cdtr><CdtrAcct><Id><Othr><Id>6222020000001111</Id></Othr></Id></CdtrAcct></RtrChain>`;
  return document(
    'pacs.004.001.13',
    `<PmtRtr><GrpHdr><MsgId>R-1</MsgId><CreDtTm>2026-11-21T09:00:00+08:00</CreDtTm><NbOfTxs>1</NbOfTxs>
      <SttlmInf><SttlmMtd>CLRG</SttlmMtd></SttlmInf></GrpHdr>
      <TxInf><RtrId>RTR-1</RtrId><OrgnlUETR>${UETR}</OrgnlUETR><RtrdIntrBkSttlmAmt Ccy="CNY">1500.25</RtrdIntrBkSttlmAmt>
      ${chain ? parties : ''}<RtrRsnInf><Rsn><Cd>AC04</Cd></Rsn></RtrRsnInf></TxInf></PmtRtr>`,
  );
}

/** camt.056.001.11: one payment is asked back. */
export function recallRequest(): string {
  return document(
    'camt.056.001.11',
    `<FIToFIPmtCxlReq><Assgnmt><Id>C-1</Id><Assgnr>${agent('Agt', 'HWABCNBJ')}</Assgnr><Assgne>${agent('Agt', 'HWBBCNSH')}</Assgne>
      <CreDtTm>2026-11-20T11:00:00+08:00</CreDtTm></Assgnmt>
      <Undrlyg><TxInf><OrgnlUETR>${UETR}</OrgnlUETR><CxlRsnInf><Rsn><Cd>FRAD</Cd></Rsn></CxlRsnInf></TxInf></Undrlyg></FIToFIPmtCxlReq>`,
  );
}

/** camt.029.001.13: the answer to it. */
export function recallAnswer(): string {
  return document(
    'camt.029.001.13',
    `<RsltnOfInvstgtn><Assgnmt><Id>A-1</Id><Assgnr>${agent('Agt', 'HWBBCNSH')}</Assgnr><Assgne>${agent('Agt', 'HWABCNBJ')}</Assgne>
      <CreDtTm>2026-11-20T12:00:00+08:00</CreDtTm></Assgnmt><Sts><Conf>RJCR</Conf></Sts>
      <CxlDtls><TxInfAndSts><OrgnlUETR>${UETR}</OrgnlUETR><TxCxlSts>RJCR</TxCxlSts>
      <CxlStsRsnInf><Rsn><Cd>CUST</Cd></Rsn></CxlStsRsnInf></TxInfAndSts></CxlDtls></RsltnOfInvstgtn>`,
  );
}
