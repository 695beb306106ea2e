import { ledgerFile } from '/work/main/ingest/cli/trace/ledger-file';
import { CANONICAL_MAPPING } from '/work/main/ingest/formats/csv/mapping';
import { ledgerOf } from '/work/main/domain/tracing/ledger';
import { moneyTrace } from '/work/main/domain/tracing/money-trace';
import { TraceQuestion } from '/work/main/domain/tracing/trace-question';
const f = await ledgerFile('/work/shared/data/aml/amlsim_20K_fanin200.csv.gz', CANONICAL_MAPPING);
let t=performance.now();
const l = ledgerOf(f.payments,'USD',{institutionOf:(a)=>f.institutionOf.get(a)??null,outside:()=>false,pooled:()=>false});
console.log('ledger',performance.now()-t);
for (const direction of ['forward','backward'] as const) for (const hops of [6,12]) { const ms=[]; for(let i=0;i<(Number(process.argv[2])||4);i++){t=performance.now(); const c=process.cpuUsage();
 const a=moneyTrace(l,TraceQuestion.parse({direction,currency:'USD',hops,from:[{kind:'account',account:'9998'}]})); const u=process.cpuUsage(c); ms.push(Math.round(performance.now()-t)+'('+Math.round((u.user+u.system)/1000)+')'+a.edges.length)} console.log(direction,hops,ms.join(' ')); }
