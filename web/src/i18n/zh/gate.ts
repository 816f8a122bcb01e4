export default {
  stop: '不得',
  warn: '须说明',
  wait: '待填',
  ok: '已备',
  supply: '由{role}补齐。',
  more: '其余 {n} 项已备',
  head: '{stop} 项不得，{warn} 项须说明，{ok} 项已备',
}
