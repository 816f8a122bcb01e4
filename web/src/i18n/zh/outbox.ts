export default {
  offline: '离线',
  waiting: '{n} 条待发',
  offlineWaiting: '离线　{n} 条待发',
  empty: '没有等着发的。存下的会先放在这里，有网就发。',
  kept: '已存在这台机器上，有网就发；重复点也只记一条',
  sent: '{n} 条已发出',
  drop: '不要了',
  lost: '还有 {n} 条没有发出。现在退出，它们就从这台机器上清掉了。',
  stay: '先不退出',
  leave: '清掉并退出',
  now: '现在就发',
}
