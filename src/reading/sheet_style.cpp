#include "reading/sheet.h"

namespace yifa::reading {

namespace {

// Without script the notes float beside their paragraph; the script sets each beside its own line.
// Narrow screens and paper fold them beneath the paragraph.
constexpr std::string_view kSheetStyle = R"css(
.ck{display:grid;grid-template-columns:236px minmax(0,1fr)}
.side{padding:16px 16px 20px 20px;border-right:1px solid var(--line-2)}
.stick{position:sticky;top:70px;max-height:calc(100vh - 86px);overflow:auto}
.side h1{margin-bottom:4px}.side h2{font:600 .8667rem/1.5 var(--sans);color:var(--ink-2);margin:16px 0 4px}
.side li label,.side li>span.line{display:flex;align-items:center;gap:8px;padding:4px 6px;font-size:.9333rem;
border-radius:3px}
.side li label:hover{background:var(--qing-wash)}
.side li b{font-weight:400;margin-left:auto}
.side li input{width:16px;height:16px;margin:0;accent-color:var(--qing)}
html:not(.js) .side input,html:not(.js) .js-only{display:none}
.side .nil{color:var(--ink-3)}.side ul.js-only{margin-top:10px;padding-top:8px;border-top:1px solid var(--line-2)}
.files a{display:flex;gap:8px;justify-content:space-between;padding:4px 6px;font-size:.9333rem;color:var(--ink);
border-radius:3px}.files a:hover{background:var(--qing-wash)}.files a span:last-child{color:var(--ink-2);white-space:nowrap}
.dot{flex:none;width:10px;height:10px;border-radius:2px;box-shadow:inset 0 0 0 1.5px var(--line)}
.dot.error{background:var(--zhu);box-shadow:none}.dot.warning{background:var(--huang-line);box-shadow:none;border-radius:50%}
.dot.note{box-shadow:none;background:none;border:2px dotted var(--qing)}
.btn{display:block;width:100%;height:36px;margin-top:10px;border:1px solid var(--line);border-radius:6px;
background:var(--surface);cursor:pointer}.btn:hover{border-color:var(--qing);color:var(--qing)}
.main{padding:14px 20px 40px;min-width:0}
.index{margin:0 0 26px;padding:4px 8px}.index td,.index th{white-space:nowrap}.index td:first-child{white-space:normal}
.scroll{overflow-x:auto}
.report{max-width:1120px;margin:0 auto 44px}
.bar{display:flex;flex-wrap:wrap;align-items:baseline;gap:2px 14px;margin-bottom:10px}
.bar h2{font:600 1.0667rem/1.5 var(--sans);overflow-wrap:anywhere}.bar .legend{margin-left:auto;display:flex;flex-wrap:wrap;gap:0 14px}
.legend span{display:inline-flex;align-items:center;gap:5px;white-space:nowrap}
.say{margin:-4px 0 10px}
.anno{position:relative;display:flow-root}
.sheet{margin-right:412px;background:#fff;color:#101418;padding:34px 56px 44px;font:17px/32px var(--fang);
text-align:justify;box-shadow:0 1px 3px rgba(18,40,52,.2),0 10px 30px rgba(18,40,52,.08)}
.sheet p,.sheet h3,.sheet h4,.sheet h5,.sheet h6{text-indent:2em;unicode-bidi:isolate}
.sheet h2,.sheet .issuer,.sheet .number,.sheet .to,.sheet .hole,.notes p{text-indent:0}
.sheet h2{font:700 23px/36px var(--title);text-align:center;text-wrap:balance}
.sheet .row:has(h2)+.row:not(:has(h2)){margin-top:16px}
.sheet .row:has(.issuer)+.row>h2,.sheet .row:has(.number)+.row>h2{margin-top:24px}
.sheet h3,.k1{font:500 17px/32px var(--sans)}.sheet h4,.k2{font:17px/32px var(--kai)}
.sheet h5{font:700 17px/32px var(--fang)}.sheet h6{font:400 17px/32px var(--fang)}
.sheet .issuer{font:700 34px/1.4 var(--title);color:var(--sheet-red);text-align:center}
.sheet .number{text-align:center;border-bottom:3px solid var(--sheet-red);padding-bottom:6px}
.sheet .sign{text-align:right;padding-right:3em;text-indent:0}.sheet .date{padding-right:4em}
.sheet .hole{border:1.5px dashed var(--huang-line);font:15px/26px var(--sans);color:#43535E;padding:4px 12px;margin-top:10px;text-align:left}
.sheet .hole.error{border-color:var(--zhu)}.sheet .hole.note{border-color:var(--qing)}.sheet .hole mark{border:0;padding:0}
.num{text-decoration:underline 1px dashed #9DB0B8;text-underline-offset:5px;cursor:help}
.num.tied{text-decoration-style:solid;text-decoration-color:#8FB4C2}
html:not(.figs) .num{text-decoration:none;cursor:auto}
html:not(.js) .num{text-decoration:underline 1px dashed #9DB0B8;text-underline-offset:5px}
mark{background:none;color:inherit;border-bottom:2px solid var(--huang-line);padding-bottom:1px;cursor:pointer}
mark.error{border-color:var(--zhu)}mark.note{border-bottom:2px dotted var(--qing)}
mark.error.sus,mark.warning.sus{border-bottom-style:dashed}mark.point{border:0}
mark.far:not(.off){border-bottom:1px solid #EBD3A0}mark.error.far:not(.off){border-color:#E9BDB8}mark.off{border:0;cursor:auto}mark.on,.row:target>p{background:var(--huang-tint)}
.nb{white-space:nowrap}
.no{display:inline-block;min-width:17px;padding:0 4px;border-radius:9px;background:var(--huang);color:#fff;
font:600 12px/17px var(--sans);text-align:center;text-indent:0;user-select:none}
.no:hover{text-decoration:none;filter:brightness(.85)}
.sheet .nb .no,.sheet mark>.no{margin-left:2px;vertical-align:7px;position:relative}
mark .no::before{content:"";position:absolute;inset:-4px}
.no.error,.remark.error>.no{background:var(--zhu);border-radius:4px}.no.note,.remark.note>.no{background:var(--qing)}
.no.error.sus,.no.warning.sus,.no.note.sus,.remark.sus>.no{outline:1.5px dashed currentColor;outline-offset:1px;outline-color:var(--ink-3)}
.no.gone{display:none}
.no:target,.remark:target>.no{box-shadow:var(--focus)}
.notes{font:14.5px/1.55 var(--sans);text-align:left}
.remark{float:right;clear:right;width:396px;margin:0 -468px 8px 0;display:flex;gap:9px;padding:7px 12px;
background:var(--surface);border-left:3px solid var(--huang-line);border-radius:0 6px 6px 0;color:var(--ink)}
.remark.error{border-color:var(--zhu)}.remark.note{border-left-style:dotted;border-color:var(--qing)}
.remark>.no{flex:none;align-self:flex-start;margin-top:3px}.remark>div{min-width:0;flex:1}
.remark .h{display:flex;flex-wrap:wrap;align-items:center;gap:2px 7px}.remark .h b{font-weight:600}
.remark .msg{color:var(--ink-2)}.remark .todo b{font-weight:600;color:var(--qing-deep);margin-right:.6em}
.remark .more>*{margin-top:3px}.remark code{font:12px/1.5 var(--sans);color:var(--ink-3);margin-left:.5em}
.remark .tag.sus{background:none;box-shadow:inset 0 0 0 1px var(--ink-3);color:var(--ink-2)}
.remark blockquote{background:var(--sunken);padding:4px 10px;border-radius:3px;color:var(--ink-2)}
.js .remark{cursor:pointer}.js .remark:not(.open) .more{display:none}
.js .remark:not(.open) .msg{display:-webkit-box;-webkit-box-orient:vertical;-webkit-line-clamp:2;overflow:hidden}
.js .remark.open{box-shadow:var(--lift);z-index:2}.js .remark.gone{display:none}
.flash{animation:flash 1s ease-out}@keyframes flash{from{background:#FFD36B}}
.read{margin-top:16px;padding:0 14px}.read summary{padding:10px 0;cursor:pointer;font-weight:600}.read table{margin-bottom:8px}
.failed{padding:16px 20px;border-left:3px solid var(--zhu)}
@media (min-width:1121px){.js .anno.set .remark{position:absolute;float:none;right:0;margin:0;transition:top .14s ease-out}}
@media (max-width:1300px) and (min-width:1121px){.ck{grid-template-columns:204px minmax(0,1fr)}.main{padding:14px}
.sheet{margin-right:346px;padding:30px 40px}.remark{width:332px;margin-right:-386px}}
@media (max-width:1120px){.remark{float:none;width:auto;margin:6px 0 6px;clear:none;background:var(--sunken)}
.row:has(.notes){display:flex;flex-direction:column-reverse}.sheet{margin-right:0}.notes{margin:2px 0 8px}
.report{max-width:720px}}
@media (max-width:900px){.ck{display:block}.side{border:0;padding:14px 14px 0}.stick{position:static;max-height:none}
.side ul.flow{display:flex;flex-wrap:wrap;gap:2px 8px}.side li label,.side li>span.line{min-height:40px;padding:0 6px}
.side ul.flow b{margin-left:0}.main{padding:12px 14px 40px}.sheet{padding:26px 22px 32px}.bar .legend{margin-left:0}
.keys,.side .flow .nil{display:none}}
@media (max-width:760px){.index{display:none}.files a{min-height:44px;align-items:center}}
@media (max-width:480px){.sheet{margin:0 -14px;padding:22px 16px 28px;font-size:17.5px;text-align:left}.btn{height:44px}
.sheet h2{font-size:21px;line-height:32px}.sheet .sign{padding-right:0}.mast .end{display:none}.remark{padding:8px 10px}}
@media print{@page{size:A4;margin:20mm 20mm 18mm 24mm}.ck{display:block}.main{padding:0}.side .btn,.side .js-only,.keys,.files,
.side h2,.side ul,.side ul.flow,.index,.read{display:none}.side{border:0;padding:8px 0;}.stick{position:static;max-height:none}
.report{max-width:none;break-before:page}.report:first-of-type{break-before:auto}.anno{min-height:0!important}
.sheet{margin:0;padding:0;box-shadow:none;font-size:12pt;line-height:20pt}
.row:has(.notes){display:flex;flex-direction:column-reverse}.sheet h3,.sheet h4,.k1,.k2{font-size:12pt;line-height:20pt}
.remark,.js .anno.set .remark{position:static!important;float:none;width:auto;margin:3pt 0!important;border:1px solid #999;
border-left-width:3pt;break-inside:avoid;font-size:9.5pt}.js .remark:not(.open) .more{display:block}
.js .remark:not(.open) .msg{display:block}.js .remark.open{box-shadow:none}.num{text-decoration:none!important}
mark.on{background:none}h3,h4{break-after:avoid}.no{print-color-adjust:exact;-webkit-print-color-adjust:exact}}
@media (forced-colors:active){mark{border-bottom-color:CanvasText}.no{forced-color-adjust:none}.dot{forced-color-adjust:none}}
)css";

// No word of a report is in here: the script only moves and shows what already stands on the page.
constexpr std::string_view kSheetScript = R"js(
(function(){
'use strict';
var d=document,wide=window.matchMedia('(min-width:1121px)'),current=null;
var reports=[].map.call(d.querySelectorAll('.report'),function(el){
  var r={el:el,anno:el.querySelector('.anno'),notes:[].slice.call(el.querySelectorAll('.remark')),
    marks:[].slice.call(el.querySelectorAll('mark')),by:{}};
  r.notes.forEach(function(n){r.by[n.dataset.f]={note:n,no:null,marks:[],report:r};});
  r.marks.forEach(function(m){m.dataset.f.split(' ').forEach(function(f){r.by[f].marks.push(m);});});
  [].forEach.call(el.querySelectorAll('.sheet .no[id]'),function(a){if(r.by[a.dataset.f])r.by[a.dataset.f].no=a;});
  return r;
});
function shown(x){return !x.note.classList.contains('gone');}
function all(){var out=[];reports.forEach(function(r){r.notes.forEach(function(n){var x=r.by[n.dataset.f];if(shown(x))out.push(x);});});return out;}
function place(r){
  if(!r.anno)return;
  var list=r.notes.map(function(n){return r.by[n.dataset.f];}).filter(shown);
  if(!wide.matches){r.anno.classList.remove('set');r.anno.style.minHeight='';
    list.forEach(function(x){x.note.style.top='';});return;}
  r.anno.classList.add('set');
  var base=r.anno.getBoundingClientRect().top,y=[],gap=8,end=0,i,open=-1;
  var want=list.map(function(x){var b=(x.marks[0]||x.no).getBoundingClientRect();return b.top-base-6;});
  var high=list.map(function(x){return x.note.offsetHeight;});
  for(i=0;i<list.length;i++){y[i]=Math.max(want[i],end);end=y[i]+high[i]+gap;if(list[i]===current)open=i;}
  if(open>=0&&y[open]>want[open]){ // the open one stands beside its line; those before it move up
    y[open]=Math.max(want[open],0);
    for(i=open-1;i>=0;i--)y[i]=Math.min(y[i],y[i+1]-high[i]-gap);
    if(y[0]<0){y[0]=0;for(i=1;i<=open;i++)y[i]=Math.max(y[i],y[i-1]+high[i-1]+gap);}
    for(i=open+1;i<list.length;i++)y[i]=Math.max(want[i],y[i-1]+high[i-1]+gap);
  }
  list.forEach(function(x,k){x.note.style.top=y[k]+'px';});
  i=list.length-1;r.anno.style.minHeight=i<0?'':(y[i]+high[i])+'px';
}
function placeAll(){reports.forEach(place);}
function flash(el){el.classList.remove('flash');void el.offsetWidth;el.classList.add('flash');}
function into(el,block){var b=el.getBoundingClientRect();
  if(b.top<64||b.bottom>window.innerHeight-16)el.scrollIntoView({block:block||'center'});}
function select(x,from){
  if(current){current.note.classList.remove('open');current.marks.forEach(function(m){m.classList.remove('on');});}
  var before=current;current=x;
  if(x){x.note.classList.add('open');x.marks.forEach(function(m){m.classList.add('on');});}
  if(before&&(!x||before.report!==x.report))place(before.report);
  if(!x)return;
  place(x.report);
  if(from!=='mark'){if(x.no||x.marks[0])into(x.no||x.marks[0]);x.marks.forEach(flash);}
  if(from!=='note'){into(x.note,'nearest');flash(x.note);}
  if(from==='key'&&wide.matches)into(x.no||x.marks[0]);
}
function step(by){var list=all();if(!list.length)return;var i=list.indexOf(current);
  if(i<0&&by<0)i=list.length;i+=by;
  if(i<0||i>=list.length)return;select(list[i],'key');
  var link=list[i].note.querySelector('.no');if(link)link.focus({preventScroll:true});}
d.addEventListener('click',function(e){
  var t=e.target;if(!t.closest)return;
  var a=t.closest('a[href]');if(a&&!a.classList.contains('no'))return;
  var el=t.closest('.report'),r=reports.filter(function(o){return o.el===el;})[0];if(!r)return;
  var n=t.closest('.remark'),m=t.closest('mark'),x=null,from='note';
  if(n)x=r.by[n.dataset.f];
  else if(m&&!m.classList.contains('off')){from='mark';var no=t.closest('.no');
    var ids=(no||m).dataset.f.split(' ').filter(function(f){return shown(r.by[f]);});
    var at=ids.indexOf(current&&current.report===r?current.note.dataset.f:'');
    x=r.by[ids[(at+1)%ids.length]];}
  if(!x)return;
  if(a)e.preventDefault();
  if(String(window.getSelection())&&!a)return; // text is being selected
  if(x===current&&n&&!a){select(null);return;}
  select(x,from);
});
d.addEventListener('keydown',function(e){
  if(e.ctrlKey||e.metaKey||e.altKey||/^(input|select|textarea)$/i.test(e.target.tagName)&&e.target.type!=='checkbox')return;
  if(e.key==='j'||e.key==='J')step(1);else if(e.key==='k'||e.key==='K')step(-1);
  else if(e.key==='Escape')select(null);else return;
  e.preventDefault();
});
function filter(){
  var off={};[].forEach.call(d.querySelectorAll('.side input[data-s],.side input[data-g]'),function(i){
    if(!i.checked)off[(i.dataset.s?'s:'+i.dataset.s:'g:'+i.dataset.g)]=1;});
  var hidden=0;
  reports.forEach(function(r){
    r.notes.forEach(function(n){var gone=!!(off['s:'+n.dataset.s]||off['g:'+n.dataset.g]);
      n.classList.toggle('gone',gone);hidden+=gone;var x=r.by[n.dataset.f];
      if(x.no)x.no.classList.toggle('gone',gone);
      var hole=x.marks[0]&&x.marks[0].closest('.hole');if(hole)hole.hidden=gone;});
    r.marks.forEach(function(m){
      var f=m.dataset.f.split(' ').filter(function(o){return shown(r.by[o]);})[0];
      var point=m.classList.contains('point')?' point':'',on=m.classList.contains('on')?' on':'',far=f&&m.dataset.far?' far':'';
      m.className=(f?r.by[f].note.dataset.s+(r.by[f].note.classList.contains('sus')?' sus':''):'off')+point+far+(f?on:'');});
  });
  var say=d.getElementById('hidden');
  if(say){say.hidden=!hidden;say.textContent=say.dataset.words.replace('#',hidden);}
  if(current&&!shown(current))select(null);
  placeAll();
}
[].forEach.call(d.querySelectorAll('.side input[data-s],.side input[data-g]'),function(i){i.addEventListener('change',filter);});
var figs=d.getElementById('figs');
if(figs)figs.addEventListener('change',function(){d.documentElement.classList.toggle('figs',figs.checked);});
var open=d.getElementById('open');
if(open)open.addEventListener('click',function(){
  var on=open.getAttribute('aria-pressed')!=='true';open.setAttribute('aria-pressed',on);
  open.textContent=on?open.dataset.close:open.dataset.open;
  reports.forEach(function(r){r.notes.forEach(function(n){n.classList.toggle('open',on);});});current=null;placeAll();});
function hash(){var m=/^#[mn](\d+)-(\d+)$/.exec(location.hash);if(!m)return;
  var r=reports.filter(function(o){return o.el.id==='r'+m[1];})[0];if(r&&r.by[m[2]])select(r.by[m[2]],'key');}
window.addEventListener('resize',placeAll);window.addEventListener('load',placeAll);window.addEventListener('hashchange',hash);
if(d.fonts&&d.fonts.ready)d.fonts.ready.then(placeAll);
if(wide.addEventListener)wide.addEventListener('change',placeAll);
filter();hash();
})();
)js";

} // namespace

std::string_view sheet_style() { return kSheetStyle; }
std::string_view sheet_script() { return kSheetScript; }

} // namespace yifa::reading
