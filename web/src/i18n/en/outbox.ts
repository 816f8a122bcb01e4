export default {
  offline: 'Offline',
  waiting: '{n} to send',
  offlineWaiting: 'Offline, {n} to send',
  empty: 'Nothing waits. What you save is kept here and sent when there is a network.',
  kept: 'Kept on this machine and sent when there is a network; pressing twice records it once',
  sent: '{n} sent',
  drop: 'Discard',
  now: 'Send now',
}
