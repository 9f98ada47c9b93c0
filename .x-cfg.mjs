import {build} from 'esbuild';
const r=await build({stdin:{contents:`export * from './src/knowledge/models/config/transformersModel.ts';`,resolveDir:'/tmp/wt/enknow',loader:'ts'},bundle:true,write:false,format:'esm',platform:'node'});
const m=await import('data:text/javascript;base64,'+Buffer.from(r.outputFiles[0].text).toString('base64'));
const T=(await import('/tmp/enknow-src/cfgs.mjs')).default;
for(const [n,c,p,a] of T){const x=m.transformersModel(c);const q=x?.size?.parameters;console.log(n.padEnd(28),x?.kind,q,p,((q/p-1)*100).toFixed(2)+' %',a?((x.size.activeParameters/a-1)*100).toFixed(1)+' % active':'')}
