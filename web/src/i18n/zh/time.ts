export default {
  start: '起',
  off: '休',
  madeUp: '班',
  weeksCut: '中间 {n} 周略',
  overdue: '逾期 {n} 天',
  today: '今天',
  left: '还有 {n} 天',
  extended: '已依法延长',
  estimated: '预计',
}
